import {
  aliasesOf,
  type ControllerOptions,
  noRewrite,
  type RewriteSetting,
  rewriteOf,
} from '@/lib/domain/annotation'
import { type Backend, backendKey, comparedPath, type ReadIngress } from '@/lib/domain/backend'
import type { Ingress, IngressPath } from '@/lib/domain/model/ingress'
import type { OrdinaryPath } from '@/lib/domain/model/routing'

/** The name of the server for every host no other server has. */
export const CATCH_ALL = '_'

/**
 * One location of a server. `backend` null is the controller's own default backend, which answers 404.
 * `isDefault`: nobody has claimed it by a path yet. `rewrite`: what its Ingress asks for.
 */
export type Location = {
  path: string
  pathType: 'Exact' | 'Prefix'
  isDefault: boolean
  backend: Backend | null
  ingress: Ingress | null
  ordinary: OrdinaryPath | null
  rewrite: RewriteSetting
}

/** One host's locations in the order in which they were made; the first is the root. */
export type Server = {
  host: string
  aliases: readonly string[]
  locations: Location[]
  firstByPath: Map<string, Location>
}

/** What building servers has found so far. */
export type Servers = { byHost: Map<string, Server>; ordinaryPaths: OrdinaryPath[] }

/** What servers are built from. */
export type World = {
  sorted: readonly ReadIngress[]
  backends: ReadonlyMap<string, Backend>
  options: ControllerOptions
}

/** The name of a host's server. */
export const serverName = (host: string): string => host || CATCH_ALL

function newServer(
  host: string,
  root: Omit<Location, 'path' | 'pathType' | 'isDefault' | 'ordinary'>,
): Server {
  const location: Location = { ...root, path: '/', pathType: 'Prefix', isDefault: true, ordinary: null }
  return { host, aliases: [], locations: [location], firstByPath: new Map([['/', location]]) }
}

/** A path of an ordinary Ingress; null where it leads to no Service. */
export const ordinaryPath = (
  ingress: Ingress,
  host: string,
  { pathType, backend, ...path }: IngressPath,
  served: boolean,
): OrdinaryPath | null =>
  backend && {
    ingress,
    host,
    path: comparedPath(path),
    pathType,
    backend: { service: backend.service, port: backend.port },
    served,
    canary: null,
  }

/** Source: controller.go createServers: a backend without rules claims the root of the catch-all server. */
function claimCatchAll(ingress: Ingress, backend: Backend, { byHost, ordinaryPaths }: Servers): void {
  const root = byHost.get(CATCH_ALL)?.locations[0]
  const served = root?.isDefault === true
  const ordinary = ordinaryPath(ingress, '', { path: '/', pathType: 'Prefix', backend }, served)
  if (!ordinary) return
  ordinaryPaths.push(ordinary)
  if (root && served) Object.assign(root, { isDefault: false, backend, ingress, ordinary })
}

function addServers({ ingress }: ReadIngress, world: World, servers: Servers): void {
  const { defaultBackend, namespace, rules } = ingress
  const backend = (defaultBackend && world.backends.get(backendKey(namespace, defaultBackend))) ?? null
  if (backend && rules.length === 0) claimCatchAll(ingress, backend, servers)
  for (const { host } of rules) {
    const name = serverName(host)
    if (servers.byHost.has(name)) continue
    const root = { backend, ingress, rewrite: rewriteOf(ingress, world.options) }
    servers.byHost.set(name, newServer(name, root))
  }
}

/** The first Ingress with aliases names those of its hosts; a host with a server of its own is nobody's alias. */
function addAliases({ sorted, options }: World, { byHost }: Servers): void {
  for (const { ingress, setting } of sorted) {
    if (setting.enabled) continue
    const aliases = aliasesOf(ingress, options)
    if (aliases.length === 0) continue
    for (const { host } of ingress.rules) {
      const server = byHost.get(serverName(host))
      if (server && server.aliases.length === 0) server.aliases = aliases
    }
  }
  for (const server of byHost.values()) {
    if (server.aliases.length > 0) server.aliases = server.aliases.filter(alias => !byHost.has(alias))
  }
}

/**
 * Servers of all hosts with nothing but their roots.
 *
 * Source: ingress-nginx 1.15.1, controller.go createServers.
 */
export function emptyServers(world: World): Servers {
  const catchAll = newServer(CATCH_ALL, { backend: null, ingress: null, rewrite: noRewrite })
  const servers: Servers = { byHost: new Map([[CATCH_ALL, catchAll]]), ordinaryPaths: [] }
  for (const read of world.sorted) if (!read.setting.enabled) addServers(read, world, servers)
  addAliases(world, servers)
  return servers
}
