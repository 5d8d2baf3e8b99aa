import { affinityWith } from '@/lib/domain/affinity'
import { rewriteOf } from '@/lib/domain/annotation'
import { backendKey, comparedPath, comparedType, type ReadIngress } from '@/lib/domain/backend'
import type { IngressPath } from '@/lib/domain/model/ingress'
import {
  CATCH_ALL,
  emptyServers,
  type Location,
  ordinaryPath,
  type Server,
  type Servers,
  serverName,
  type World,
} from '@/lib/domain/server'

/** Gives the path a location where nobody older has it; tells whether it did. */
function claim(server: Server, location: Location): boolean {
  const present = server.firstByPath.get(location.path)
  // A first location of the other type ends the controller's search, so that even a third one is added.
  if (!present || present.pathType !== location.pathType) {
    server.locations.push(location)
    if (!present) server.firstByPath.set(location.path, location)
    return true
  }
  if (!present.isDefault) return false
  Object.assign(present, location)
  return true
}

function addPath(
  { ingress, setting }: ReadIngress,
  host: string,
  { path, world, servers }: { path: IngressPath; world: World; servers: Servers },
): void {
  const backend = path.backend && world.backends.get(backendKey(ingress.namespace, path.backend))
  const known = servers.byHost.get(serverName(host))
  const server = known ?? servers.byHost.get(CATCH_ALL)
  const ordinary = ordinaryPath(ingress, known ? host : '', path, false)
  if (!backend || !server || !ordinary) return
  if (!setting.enabled) servers.ordinaryPaths.push(ordinary)
  if (backend.isServerless) return

  const pathText = comparedPath(path)
  const location: Location = {
    path: pathText,
    pathType: comparedType(path),
    isDefault: false,
    backend,
    ingress,
    ordinary,
    rewrite: rewriteOf(ingress, world.options),
  }
  ordinary.served = claim(server, location)
  if (setting.enabled && ordinary.served) servers.ordinaryPaths.push(ordinary)
  const hosts = [serverName(host), ...server.aliases]
  backend.affinity = affinityWith(backend.affinity, { ingress, hosts, path: pathText }, world.options)
}

/** A default backend that still owns the root of a host serves it as an ordinary path would. */
function addRoots({ byHost, ordinaryPaths }: Servers): void {
  for (const { host, locations } of byHost.values()) {
    for (const location of locations) {
      const { isDefault, ingress, backend } = location
      if (!isDefault || !ingress || !backend) continue
      location.ordinary = ordinaryPath(ingress, host, { path: '/', pathType: 'Prefix', backend }, true)
      if (location.ordinary) ordinaryPaths.push(location.ordinary)
    }
  }
}

/**
 * Servers and locations as the ordinary Ingresses make them, before canaries are merged.
 *
 * Source: ingress-nginx 1.15.1, controller.go getBackendServers.
 */
export function serversOf(world: World): Servers {
  const servers = emptyServers(world)
  for (const read of world.sorted) {
    for (const { host, paths } of read.ingress.rules) {
      for (const path of paths ?? []) addPath(read, host, { path, world, servers })
    }
  }
  addRoots(servers)
  return servers
}
