import { type KubectlTarget, shellWord } from '@/lib/domain/kubectl'
import { type MendFacts, mendingOf, type PatchOperation } from '@/lib/domain/lint/mend'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { Release } from '@/lib/domain/model/release'
import { ownedElsewhere } from '@/lib/domain/patch'
import { fail, ok, type Result } from '@/lib/domain/problem'

type Wanted = { finding: string; where: string }
type Facts = { release: Pick<Release, 'owner' | 'findings'>; canary: Ingress; routing: MendFacts }

/**
 * The JSON patch of the canary Ingress that mends one of the release's findings.
 * Errors: `owned-elsewhere`; `not-mendable` where the finding is not there (any more), or has no mending.
 */
export function mendingPatch(
  { release, canary, routing }: Facts,
  { finding, where }: Wanted,
): Result<readonly PatchOperation[]> {
  const refused = ownedElsewhere(release)
  if (refused) return refused
  const found = release.findings.find(each => each.id === finding && each.where === where)
  const patch = found && mendingOf(found, canary, routing)
  if (patch) return ok(patch)
  const title = found
    ? `${finding} cannot be mended here without changing who gets which version`
    : `${finding} is not there any more`
  return fail('not-mendable', title, { params: { finding, where } })
}

/** The kubectl command that writes the same: it takes effect only while everything it tests is still so. */
export function mendCommand(
  { context, namespace, name }: KubectlTarget,
  patch: readonly PatchOperation[],
): string {
  const words = ['--context', context, '-n', namespace, 'patch', 'ingress', name, '--type=json', '-p']
  return ['kubectl', ...words, JSON.stringify(patch)].map(shellWord).join(' ')
}
