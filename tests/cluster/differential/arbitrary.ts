import fc, { type Arbitrary } from 'fast-check'
import type { CaseIngress } from '@/scripts/cases/case'
import { canaryFor, often, ordinaryFor, type WorldWish } from '@/tests/cluster/differential/ingress-arbitrary'
import { isRefusedByNginx } from '@/tests/cluster/differential/model'
import { requestsFor } from '@/tests/cluster/differential/request-arbitrary'
import { standingsOf, type World } from '@/tests/cluster/differential/world'

const NAMES = ['c', 'd', 'e', 'f', 'g', 'h']

/** None at all now and then, mostly one or two, sometimes three. */
const canariesFor = (wish: WorldWish, ordinary: readonly CaseIngress[]): Arbitrary<CaseIngress[]> =>
  fc
    .constantFrom(0, 1, 1, 1, 1, 2, 2, 2, 3)
    .chain(count => fc.array(canaryFor(wish, ordinary), { minLength: count, maxLength: count }))

/** Some Services stand without endpoints or do not exist. */
function withStandings(world: World): Arbitrary<World> {
  const names = standingsOf(world).map(({ namespace, service }) => `${namespace}/${service}`)
  const state = often('ready', fc.constantFrom('empty', 'missing'), 9)
  return fc.array(state, { minLength: names.length, maxLength: names.length }).map(states => ({
    ...world,
    empty: names.filter((_, at) => states[at] === 'empty'),
    missing: names.filter((_, at) => states[at] === 'missing'),
  }))
}

/**
 * Random worlds with the requests that are asked of them.
 * Limits: no rule without `http` (it ends the controller), no two locations of one host that nginx takes for one (it then
 * refuses every configuration), default backends with Services of their own (older controllers panic on others).
 */
export function worlds(wish: WorldWish): Arbitrary<World> {
  return fc
    .array(ordinaryFor(wish), { minLength: 1, maxLength: 3 })
    .chain(ordinary =>
      fc.tuple(
        fc.constant(ordinary),
        canariesFor(wish, ordinary),
        fc.shuffledSubarray(NAMES, { minLength: NAMES.length }),
      ),
    )
    .map(([ordinary, canaries, names]): World => {
      const named = [...ordinary, ...canaries].map((one, at) => ({ ...one, name: names[at] ?? '' }))
      return {
        ordinary: named.slice(0, ordinary.length),
        canaries: named.slice(ordinary.length),
        ...{ empty: [], missing: [], requests: [] },
      }
    })
    .filter(world => !isRefusedByNginx(world))
    .chain(withStandings)
    .chain(world => requestsFor(world).map(requests => ({ ...world, requests })))
}
