import { type Backend, backendKey, comparedPath, comparedType, type ReadIngress } from '@/lib/domain/backend'
import { CATCH_ALL, type Location, type Server } from '@/lib/domain/location'
import type { Ingress, IngressPath, ServicePort } from '@/lib/domain/model/ingress'

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

/** Locations that the path joins, until one is served by the alternative itself. Source: mergeAlternativeBackends. */
function mergeInto(
  server: Server,
  alternative: Backend,
  { read, fits }: { read: ReadIngress; fits: (location: Location) => boolean },
): { joined: Location[]; meetsItself: boolean } {
  const joined: Location[] = []
  for (const location of server.locations) {
    const primary = location.backend
    if (!primary || primary.removedBy) continue
    if (primary === alternative) return { joined, meetsItself: true }
    if (primary.isServerless || !fits(location)) continue
    join(primary, alternative, read)
    joined.push(location)
  }
  return { joined, meetsItself: false }
}

function mergePath(read: ReadIngress, place: Place, { backends, servers }: World): Attempt {
  const { path, host, canary } = place
  const backend = (path.backend && backends.get(backendKey(canary.namespace, path.backend))) ?? null
  const failed = (outcome: Attempt['outcome']): Attempt => ({ ...place, backend, joined: [], outcome })
  if (!backend) return failed('none')
  if (backend.removedBy) return failed('gone')
  const server = servers.get(host || CATCH_ALL)
  if (!server) return failed('no-host')

  const pathText = comparedPath(path)
  const pathType = comparedType(path)
  const fits = (location: Location) =>
    place.isDefaultBackend || (location.path === pathText && location.pathType === pathType)
  const { joined, meetsItself } = mergeInto(server, backend, { read, fits })
  if (joined.length > 0) return { ...place, backend, joined, outcome: 'merged' }
  if (meetsItself) return failed('own')
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
  return canaries.flatMap(read => placesOf(read.ingress).map(place => mergePath(read, place, world)))
}
