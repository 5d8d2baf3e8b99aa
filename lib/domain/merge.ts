import { type Backend, backendKey, comparedPath, comparedType, type ReadIngress } from '@/lib/domain/backend'
import type { Ingress, IngressPath, ServicePort } from '@/lib/domain/model/ingress'
import { CATCH_ALL, type Location, type Server } from '@/lib/domain/server'

/**
 * What merging made of one path of a canary Ingress.
 *
 * Shapes: `where` is the place in the object; `joined` are the locations whose backend got this one as an alternative.
 * `outcome`: merged; gone (another path had the backend removed before); no-host; no-match; own (a location of the host
 * is served by this very backend, which ends the search); none (no Service to send to).
 */
export type Attempt = {
  canary: Ingress
  where: string
  host: string
  path: IngressPath
  isDefaultBackend: boolean
  backend: Backend | null
  joined: readonly Location[]
  outcome: 'merged' | 'gone' | 'no-host' | 'no-match' | 'own' | 'none'
}

type World = { backends: ReadonlyMap<string, Backend>; servers: ReadonlyMap<string, Server> }
type Place = Pick<Attempt, 'canary' | 'where' | 'host' | 'path' | 'isDefaultBackend'>

/** The paths of a canary in the order in which they are merged: its default backend first. */
export function placesOf(canary: Ingress): Place[] {
  const whole = (backend: ServicePort): Place => ({
    canary,
    where: 'spec.defaultBackend',
    host: '',
    path: { path: '', pathType: '', backend },
    isDefaultBackend: true,
  })
  return [
    ...(canary.defaultBackend ? [whole(canary.defaultBackend)] : []),
    ...canary.rules.flatMap(({ host, paths }, rule) =>
      (paths ?? []).map((path, index) => ({
        canary,
        where: `spec.rules[${rule}].http.paths[${index}]`,
        host,
        path,
        isDefaultBackend: false,
      })),
    ),
  ]
}

/** Adds the alternative where it is not listed yet. Source: controller.go mergeAlternativeBackend. */
function join(primary: Backend, alternative: Backend, { ingress, setting }: ReadIngress): void {
  if (primary.alternatives.some(({ backend }) => backend === alternative)) return
  if (setting.behavior !== 'legacy') alternative.affinity = primary.affinity
  primary.alternatives.push({ backend: alternative, by: ingress })
}

/** One server's locations by path, with their places, and the first place of each backend. */
type Index = { byPath: Map<string, { place: number; location: Location }[]>; firstOf: Map<Backend, number> }

function indexOf({ locations }: Server): Index {
  const index: Index = { byPath: new Map(), firstOf: new Map() }
  for (const [place, location] of locations.entries()) {
    const held = index.byPath.get(location.path)
    if (held) held.push({ place, location })
    else index.byPath.set(location.path, [{ place, location }])
    const { backend } = location
    if (backend && !index.firstOf.has(backend)) index.firstOf.set(backend, place)
  }
  return index
}

/** Indexes of servers, each made when first asked for: merging moves no location. */
function indexes(): (server: Server) => Index {
  const made = new Map<Server, Index>()
  return server => {
    const index = made.get(server) ?? indexOf(server)
    made.set(server, index)
    return index
  }
}

/** The equal locations before the first one that the backend itself serves: there the controller's search ends. */
function candidates(
  server: Server,
  index: Index,
  { path, isDefaultBackend }: Place,
  end: number,
): Location[] {
  if (isDefaultBackend) return server.locations.slice(0, end)
  const type = comparedType(path)
  const equal = index.byPath.get(comparedPath(path)) ?? []
  return equal
    .filter(({ place, location }) => place < end && location.pathType === type)
    .map(({ location }) => location)
}

function mergePath(
  read: ReadIngress,
  place: Place,
  world: World & { indexFor: ReturnType<typeof indexes> },
): Attempt {
  const { path, host, canary } = place
  const backend = (path.backend && world.backends.get(backendKey(canary.namespace, path.backend))) ?? null
  const failed = (outcome: Attempt['outcome']): Attempt => ({ ...place, backend, joined: [], outcome })
  if (!backend) return failed('none')
  if (backend.removedBy) return failed('gone')
  const server = world.servers.get(host || CATCH_ALL)
  if (!server) return failed('no-host')

  const index = world.indexFor(server)
  const end = index.firstOf.get(backend)
  const joined: Location[] = []
  for (const location of candidates(server, index, place, end ?? server.locations.length)) {
    const primary = location.backend
    if (!primary || primary.removedBy || primary.isServerless) continue
    join(primary, backend, read)
    joined.push(location)
  }
  if (joined.length > 0) return { ...place, backend, joined, outcome: 'merged' }
  if (end !== undefined) return failed('own')
  backend.removedBy = { ingress: canary, where: place.where }
  return failed('no-match')
}

/**
 * Joins every canary path, oldest canary first, to the backends of equal locations; what finds none is removed.
 *
 * Source: ingress-nginx 1.15.1, controller.go getBackendServers (only beside an ordinary Ingress), mergeAlternativeBackends.
 */
export function mergeCanaries(sorted: readonly ReadIngress[], world: World): Attempt[] {
  const canaries = sorted.filter(({ setting }) => setting.enabled)
  if (canaries.length === sorted.length) {
    return canaries.flatMap(({ ingress }) =>
      placesOf(ingress).map(
        (place): Attempt => ({
          ...place,
          backend: null,
          joined: [],
          outcome: place.path.backend ? 'no-host' : 'none',
        }),
      ),
    )
  }
  const indexed = { ...world, indexFor: indexes() }
  return canaries.flatMap(read => placesOf(read.ingress).map(place => mergePath(read, place, indexed)))
}
