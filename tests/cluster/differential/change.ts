import type { CaseIngress } from '@/scripts/cases/case'
import { ingressesOf, type World } from '@/tests/cluster/differential/world'

/** One Ingress before and after a change of its world; null where it is gone. */
type Step = { before: CaseIngress; after: CaseIngress | null }

/** What the changes of a world do to its Ingresses. */
export const changesOf = (world: World): Step[] =>
  ingressesOf(world).flatMap(before => {
    const change = world.changes?.find(({ name }) => name === before.name)
    if (!change) return []
    const { annotations } = change
    return [{ before, after: annotations ? { ...before, annotations } : null }]
  })

/** The world as its changes leave it. */
export function changed({ changes = [], ...world }: World): World {
  const after = (ingresses: readonly CaseIngress[]) =>
    ingresses.flatMap(one => {
      const step = changesOf({ ...world, changes }).find(({ before }) => before === one)
      return step ? (step.after ?? []) : [one]
    })
  return { ...world, ordinary: after(world.ordinary), canaries: after(world.canaries) }
}
