import fc, { type Arbitrary } from 'fast-check'
import type { CaseIngress } from '@/scripts/cases/case'
import { canaryAnnotations, mainAnnotations } from '@/tests/cluster/differential/annotation-arbitrary'
import { changed } from '@/tests/cluster/differential/change'
import { canaryFor, often, ordinaryFor, type WorldWish } from '@/tests/cluster/differential/ingress-arbitrary'
import { isHarmful } from '@/tests/cluster/differential/refused'
import { requestsFor } from '@/tests/cluster/differential/request-arbitrary'
import { ingressesOf, standingsOf, type World } from '@/tests/cluster/differential/world'

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

/** One or two Ingresses are gone or have other annotations; those of a canary now and then on an ordinary one. */
function withChanges(world: World, wish: WorldWish): Arbitrary<World> {
  const names = ingressesOf(world).map(({ name }) => name)
  const annotations = fc.oneof(canaryAnnotations, canaryAnnotations, mainAnnotations, fc.constant(null))
  const change = fc.record({ name: fc.constantFrom(...names), annotations })
  return fc
    .uniqueArray(change, { minLength: 1, maxLength: 2, selector: ({ name }) => name })
    .map(changes => ({ ...world, changes }))
    .map(each => (isHarmful(changed(each), wish) ? world : each))
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
    .filter(world => !isHarmful(world, wish))
    .chain(withStandings)
    .chain(world => requestsFor(world).map(requests => ({ ...world, requests })))
    .chain(world => withChanges(world, wish))
}
