/** The route a start is about, as the address names it. `host` is "" for any host. */
export type RouteAddress = {
  namespace: string
  ingress: string
  host: string
  path: string
  pathType: string
}

/** What the address of the page says: where a start is made, on which route, and which work it shows. */
export type StartAddress = { cluster: string; route: RouteAddress | null; operation: string | null }

const PAGE = '/releases/new'
const FIELDS = ['namespace', 'ingress', 'host', 'path', 'pathType'] as const

/** The address at which a release of this route is started, or its work is followed; a pasted link shows the same. */
export function startHref({ cluster, route, operation }: Partial<StartAddress>): string {
  const params = new URLSearchParams()
  if (cluster) params.set('cluster', cluster)
  if (route) for (const field of FIELDS) params.set(field, route[field])
  if (operation) params.set('operation', operation)
  return params.size > 0 ? `${PAGE}?${params}` : PAGE
}

/** Reads the address; a route needs its cluster, Ingress and path, all else may be left out of a link written by hand. */
export function startAddressOf(params: Pick<URLSearchParams, 'get'>): StartAddress {
  const [namespace, ingress, path] = [params.get('namespace'), params.get('ingress'), params.get('path')]
  const cluster = params.get('cluster') ?? ''
  const isRoute = cluster && namespace && ingress && path !== null
  return {
    cluster,
    route: isRoute
      ? { namespace, ingress, host: params.get('host') ?? '', path, pathType: params.get('pathType') ?? '' }
      : null,
    operation: params.get('operation') || null,
  }
}

/** Whether a route of the cluster is the one an address means. */
export const isRouteOf = (address: RouteAddress, route: RouteAddress): boolean =>
  FIELDS.every(field => route[field] === address[field] || (field === 'pathType' && address[field] === ''))
