import type { Release } from '@/lib/domain/model/release'
import {
  type AnnotationPatch,
  annotationKey,
  annotationPatch,
  notACanary,
  ownedElsewhere,
} from '@/lib/domain/patch'
import { ok, type Result } from '@/lib/domain/problem'

/**
 * Sends everyone back to stable in one write: weight 0, no rules and, under session affinity, pinned users released.
 *
 * Errors: `owned-elsewhere` unless confirmed once more by `evenThoughOwned`; `not-a-canary`.
 * Source: ingress-nginx 1.15.1, affinity-canary-behavior (canary-semantics.md A.7).
 */
export function rollbackPatch(
  release: Pick<Release, 'id' | 'affinity' | 'owner' | 'findings'>,
  { evenThoughOwned = false }: { evenThoughOwned?: boolean | undefined } = {},
): Result<AnnotationPatch> {
  const refused = (evenThoughOwned ? null : ownedElsewhere(release)) ?? notACanary(release)
  if (refused) return refused
  return ok(
    annotationPatch({
      [annotationKey.weight]: '0',
      [annotationKey.header]: null,
      [annotationKey.headerValue]: null,
      [annotationKey.headerPattern]: null,
      [annotationKey.cookie]: null,
      ...(release.affinity !== 'none' && { [annotationKey.affinityBehavior]: 'legacy' }),
    }),
  )
}
