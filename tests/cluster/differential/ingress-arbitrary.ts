import fc, { type Arbitrary } from 'fast-check'
import type { CaseIngress } from '@/scripts/cases/case'
import { canaryAnnotations, mainAnnotations } from '@/tests/cluster/differential/annotation-arbitrary'
import { type Place, placesIn } from '@/tests/cluster/differential/world'

/** What may be asked of the generator: `catchAll` worlds have rules without a host and default backends. */
export type WorldWish = { catchAll: boolean }

const HOSTS = ['a', 'a', 'a', 'b', 'x.a', '*.a', '*.b']
const PATHS = ['/', '/', '/', '/p', '/p', '/p', '/p/', '/p/q', '/pq', '/P', '/p.q', '', '/p(/|$)(.*)']
const TYPES = ['Prefix', 'Prefix', 'Exact', 'ImplementationSpecific', null]
const MAIN_SERVICES = ['app', 'app', 'app', 'web', 'web', 'web', 'both', 'next']
const CANARY_SERVICES = ['next', 'next', 'next', 'new', 'new', 'fresh', 'fresh', 'both', 'app']
/** In the second namespace every Service has a name of its own, so that an answer tells both. */
const elsewhere = (service: string) => `${service}-2`

/** Mostly one value, now and then another. */
export const often = <T>(value: T, other: Arbitrary<T>, times = 5): Arbitrary<T> =>
  fc.oneof({ weight: times, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: other })

const placeFor = ({ catchAll }: WorldWish): Arbitrary<Place> =>
  fc
    .record({
      host: fc.constantFrom(...(catchAll ? ['', '', 'a', '*.a'] : HOSTS)),
      path: fc.constantFrom(...PATHS),
      pathType: fc.constantFrom(...TYPES),
    })
    .map(place => (/^$|\(/.test(place.path) ? { ...place, pathType: 'ImplementationSpecific' } : place))

const namespaces = often('ns', fc.constant('other'), 8)

function serviceFrom(names: readonly string[], namespace: string): Arbitrary<string> {
  const name = fc.constantFrom(...names).map(each => (namespace === 'ns' ? each : elsewhere(each)))
  return fc.tuple(name, often('', fc.constant(':http'), 9)).map(([service, port]) => service + port)
}

/** Rules of an Ingress from places: the first host's paths, then a rule for each other host. */
function rulesOf(
  places: readonly (Place & { service: string })[],
): Pick<CaseIngress, 'host' | 'paths' | 'extraRules'> {
  const hosts = [...new Set(places.map(({ host }) => host))]
  const [first, ...more] = hosts.map(host => ({
    host,
    paths: places.filter(each => each.host === host).map(({ host: _host, ...path }) => path),
  }))
  return { ...first, ...(more.length > 0 && { extraRules: more }) }
}

const ages = fc.integer({ min: 0, max: 3 })

/** An ordinary Ingress without a name. */
export function ordinaryFor(wish: WorldWish): Arbitrary<CaseIngress> {
  return namespaces.chain(namespace => {
    const place = placeFor(wish).chain(each =>
      serviceFrom(MAIN_SERVICES, namespace).map(service => ({ ...each, service })),
    )
    return fc
      .record({
        created: ages,
        places: fc.array(place, { minLength: 1, maxLength: 3 }),
        annotations: mainAnnotations,
        defaultBackend: often<string | null>(null, serviceFrom(['rest'], namespace)),
        onlyDefault: often(false, fc.constant(wish.catchAll)),
      })
      .map(({ places, defaultBackend, onlyDefault, ...rest }) => ({
        ...{ name: '', namespace, ...rest },
        ...(defaultBackend && { defaultBackend }),
        ...(defaultBackend && onlyDefault ? {} : rulesOf(places)),
      }))
  })
}

/** A canary without a name: mostly on a path of an ordinary Ingress, sometimes beside it. */
export function canaryFor(wish: WorldWish, ordinary: readonly CaseIngress[]): Arbitrary<CaseIngress> {
  const taken = ordinary.flatMap(placesIn)
  const onPath = taken.length > 0 ? fc.constantFrom(...taken) : placeFor(wish)
  const place = fc.oneof({ weight: 9, arbitrary: onPath }, { weight: 1, arbitrary: placeFor(wish) })
  return namespaces.chain(namespace =>
    fc
      .record({
        created: ages,
        places: fc.array(
          place.chain(each => serviceFrom(CANARY_SERVICES, namespace).map(service => ({ ...each, service }))),
          { minLength: 1, maxLength: 2 },
        ),
        annotations: canaryAnnotations,
        defaultBackend: wish.catchAll
          ? often<string | null>(null, serviceFrom(['last'], namespace), 2)
          : fc.constant<string | null>(null),
      })
      .map(({ places, defaultBackend, ...rest }) => ({
        ...{ name: '', namespace, ...rest },
        ...rulesOf(places),
        ...(defaultBackend && { defaultBackend }),
      })),
  )
}
