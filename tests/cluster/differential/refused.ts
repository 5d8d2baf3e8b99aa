import { canaryOf } from '@/lib/domain/annotation'
import { parseIngress } from '@/lib/domain/ingress'
import { type Routing, routingOf } from '@/lib/domain/routing'
import { type CaseIngress, NAMESPACE, objectOf } from '@/scripts/cases/case'
import { OPTIONS } from '@/tests/cluster/differential/model'
import { ingressesOf, namedBy, type World } from '@/tests/cluster/differential/world'

function hasEqualLocations({ names, tableOf }: Routing): boolean {
  const servers = [...names.exact.values(), ...names.oneLabel.values()]
  return servers.some(server => {
    const { rules, asPatterns } = tableOf(server)
    if (asPatterns) return false
    const texts = rules.map(({ path, isExact }) => `${isExact ? '=' : ''}${path}`)
    return new Set(texts).size < texts.length
  })
}

/** Every order in which Ingresses of these ages may come to be: of one age, any may be the older. */
function ordersOf(ingresses: readonly CaseIngress[]): CaseIngress[][] {
  if (ingresses.length === 0) return [[]]
  const oldest = Math.min(...ingresses.map(({ created = 0 }) => created))
  return ingresses
    .filter(({ created = 0 }) => created === oldest)
    .flatMap(first => ordersOf(ingresses.filter(each => each !== first)).map(rest => [first, ...rest]))
}

const read = (one: CaseIngress, created = 0) => parseIngress(objectOf({ ...one, created }, 'main'))

/** What the controller may make of a world, whichever of its equally old Ingresses is older. */
const routingsOf = (world: World): Routing[] =>
  ordersOf(ingressesOf(world)).map(order => routingOf(order.map(read), OPTIONS))

/** Does a canary name a Service that is somebody's default backend in the other role: controllers before 1.11.2 panic. */
function endsOldControllers(world: World): boolean {
  const named = { canary: new Set<string>(), ordinary: new Set<string>() }
  const byDefault = { canary: new Set<string>(), ordinary: new Set<string>() }
  for (const one of ingressesOf(world)) {
    const role = canaryOf(read(one), OPTIONS).enabled ? 'canary' : 'ordinary'
    const key = (service: string) => `${one.namespace ?? NAMESPACE}/${service}`
    for (const service of namedBy(one)) named[role].add(key(service))
    if (one.defaultBackend) byDefault[role].add(key(one.defaultBackend))
  }
  const meets = (some: Set<string>, others: Set<string>) => [...some].some(each => others.has(each))
  return meets(byDefault.canary, named.ordinary) || meets(byDefault.ordinary, named.canary)
}

/** Has a world left a path on the server for every other host. */
const spills = ({ names }: Routing): boolean =>
  names.catchAll?.locations.some(({ isDefault }) => !isDefault) ?? false

/**
 * Must a world not be put up beside others: nginx would refuse the whole configuration because a server has one location
 * twice, an old controller would panic, or, where it has hosts of its own only, a path of its would be on all others.
 * Limits: /p and /p/ of type Prefix, or a type on both sides of another. Source: nginx "duplicate location".
 */
export function isHarmful(world: World, { catchAll }: { catchAll: boolean }): boolean {
  const routings = routingsOf(world)
  if (endsOldControllers(world) || routings.some(hasEqualLocations)) return true
  return !catchAll && routings.some(spills)
}
