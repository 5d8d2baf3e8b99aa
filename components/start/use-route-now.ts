import { useEvery } from '@/components/live'
import { isRouteOf, type RouteAddress } from '@/components/start/start-address'
import type { Route } from '@/lib/domain/model/release'

/** The route as the cluster shows it now: null once it is gone, undefined until the routes are known. */
export function useRouteNow(cluster: string, address: RouteAddress): Route | null | undefined {
  const all = useEvery('routes')
  if (!all) return undefined
  const routes = all.get(`routes/${cluster}/${address.namespace}/${address.ingress}`) ?? []
  return routes.find(route => isRouteOf(address, route)) ?? null
}
