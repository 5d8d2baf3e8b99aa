import type { Ingress } from '@/lib/domain/model/ingress'

/** API groups whose controllers write canary Ingresses by themselves and undo what others write. */
const STEERING = /^(?:argoproj\.io|flagger\.app|rollouts\.kruise\.io)\//
const KINDS: ReadonlySet<string> = new Set(['Rollout', 'Canary', 'TrafficRouting'])

/**
 * The controller that keeps this canary Ingress, so that we only read it; null where we may steer it.
 * Helm, Argo CD and Flux do not count: the object stays writable, though their next sync may put the old value back.
 *
 * Source: Argo Rollouts 1.9, Flagger 1.44, OpenKruise Rollouts 0.6 (canary-semantics.md F).
 */
export function ownerOf({ owners }: Pick<Ingress, 'owners'>): { kind: string; name: string } | null {
  const owner = owners.find(({ apiVersion, kind }) => STEERING.test(apiVersion) && KINDS.has(kind))
  return owner ? { kind: owner.kind, name: owner.name } : null
}
