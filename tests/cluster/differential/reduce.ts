import type { CaseIngress, CaseRequest } from '@/scripts/cases/case'
import { type Difference, play } from '@/tests/cluster/differential/batch'
import type { Field } from '@/tests/cluster/differential/field'
import { isHarmful } from '@/tests/cluster/differential/refused'
import { ingressesOf, type World } from '@/tests/cluster/differential/world'

const without = <Item>(items: readonly Item[], at: number): Item[] => items.filter((_, each) => each !== at)

/** Every way to leave one item out. */
const leavingOne = <Item>(items: readonly Item[]): Item[][] => items.map((_, at) => without(items, at))

/** Every way to put something smaller in the place of one item. */
const withSmaller = <Item>(items: readonly Item[], smaller: (item: Item) => Item[]): Item[][] =>
  items.flatMap((item, at) =>
    smaller(item).map(each => items.map((old, place) => (place === at ? each : old))),
  )

function smallerIngresses(one: CaseIngress): CaseIngress[] {
  const { paths, extraRules, defaultBackend, annotations, ...rest } = one
  const rules = extraRules ?? []
  const fewerPaths = leavingOne(paths ?? []).map(left => ({ ...one, paths: left }))
  const fewerRules = leavingOne(rules).map(left => ({ ...one, extraRules: left }))
  const noFirst = rules[0] && paths ? [{ ...one, ...rules[0], extraRules: rules.slice(1) }] : []
  const noDefault = defaultBackend ? [{ ...rest, paths, extraRules, annotations } as CaseIngress] : []
  const fewerAnnotations = Object.keys(annotations ?? {}).map(key => {
    const { [key]: _left, ...kept } = annotations ?? {}
    return { ...one, annotations: kept }
  })
  return [...fewerPaths, ...fewerRules, ...noFirst, ...noDefault, ...fewerAnnotations].filter(isWritable)
}

/** Would an API server take it: a rule has paths, and without rules there is a default backend. */
const isWritable = ({ paths, extraRules, defaultBackend }: CaseIngress): boolean =>
  paths === undefined || paths === null
    ? Boolean(defaultBackend) && (extraRules ?? []).length === 0
    : paths.length > 0

function smallerRequests({ headers, cookies, affinityCookie, ...rest }: CaseRequest): CaseRequest[] {
  const marks = {
    ...(headers && { headers }),
    ...(cookies && { cookies }),
    ...(affinityCookie && { affinityCookie }),
  }
  return Object.keys(marks).map(key => ({ ...rest, ...marks, [key]: undefined }))
}

/** Every world that is one step smaller. */
function smallerWorlds(world: World): World[] {
  const { ordinary, canaries, empty, missing, requests } = world
  return [
    ...leavingOne(ordinary).map(left => ({ ...world, ordinary: left })),
    ...leavingOne(canaries).map(left => ({ ...world, canaries: left })),
    ...withSmaller(ordinary, smallerIngresses).map(left => ({ ...world, ordinary: left })),
    ...withSmaller(canaries, smallerIngresses).map(left => ({ ...world, canaries: left })),
    ...leavingOne(empty).map(left => ({ ...world, empty: left })),
    ...leavingOne(missing).map(left => ({ ...world, missing: left })),
    ...withSmaller(requests, smallerRequests).map(left => ({ ...world, requests: left })),
  ].filter(each => ingressesOf(each).length > 0 && !isHarmful(each, { catchAll: true }))
}

/** Has a world to do with the server for every other host; such worlds cannot stand beside each other. */
export const touchesCatchAll = (world: World): boolean =>
  ingressesOf(world).some(
    ({ host, extraRules, defaultBackend }) =>
      [host, ...(extraRules ?? []).map(rule => rule.host)].some(each => !each) || Boolean(defaultBackend),
  )

async function firstDifference(field: Field, worlds: readonly World[]): Promise<Difference | null> {
  const bySize = [...worlds].sort((a, b) => JSON.stringify(a).length - JSON.stringify(b).length)
  if (!bySize.some(touchesCatchAll)) return (await play(field, bySize))[0] ?? null
  for (const world of bySize) {
    const [found] = await play(field, [world])
    if (found) return found
  }
  return null
}

/**
 * The smallest world still answered differently that leaving things out leads to; null where the world alone is answered
 * as the model says. All worlds one step smaller are put up at once.
 */
export async function reduced(field: Field, { world, request }: Difference): Promise<Difference | null> {
  let smallest = await firstDifference(field, [{ ...world, requests: [request], changes: [] }])
  for (let next = smallest; next; ) {
    smallest = next
    next = await firstDifference(field, smallerWorlds(next.world))
  }
  return smallest
}
