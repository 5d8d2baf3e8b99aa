import 'server-only'
import { hasCanaryAnnotation } from '@/lib/domain/annotation'
import type { Route } from '@/lib/domain/model/release'
import type { OrdinaryPath } from '@/lib/domain/model/routing'
import { type Failure, fail, ok, type Result } from '@/lib/domain/problem'
import { routeOf } from '@/lib/domain/route'
import type { Cluster } from '@/lib/server/cluster'

/** A route as a person names it. `pathType` where the same path stands there twice. */
export type RouteWish = {
  namespace: string
  ingress: string
  host: string
  path: string
  pathType?: string | undefined
}

/**
 * Finds the route that somebody wants to start on among those that are known.
 *
 * Errors: not-found; ambiguous-route where the path stands there with two types and none is named, or where another
 * Ingress has the path and so gets its requests; cluster-unreachable, cluster-forbids before the first read.
 */
export function findRoute(
  cluster: Pick<Cluster, 'unread' | 'ordinaryPaths'>,
  wish: RouteWish,
): Result<Route> {
  const unread = cluster.unread()
  if (unread) return unread
  const paths = cluster.ordinaryPaths()
  const fitting = paths.filter(path => isIn(path, wish) && isAt(path, wish))
  const [found] = fitting
  if (!found) return unknown(wish)
  const types = [...new Set(fitting.map(each => each.pathType))]
  if (types.length > 1) return ambiguous(wish, types)
  const served = fitting.find(each => each.served)
  if (!served)
    return takenBy(
      paths.find(each => each.served && isAt(each, found)),
      wish,
    )
  return ok(routeOf(served))
}

const isIn = ({ ingress }: OrdinaryPath, wish: RouteWish) =>
  ingress.namespace === wish.namespace && ingress.name === wish.ingress && !hasCanaryAnnotation(ingress)

const isAt = (each: OrdinaryPath, { host, path, pathType }: Pick<RouteWish, 'host' | 'path' | 'pathType'>) =>
  each.host === host && each.path === path && (pathType === undefined || each.pathType === pathType)

const written = ({ host, path }: RouteWish) => `${host}${path}`

function unknown(wish: RouteWish): Failure {
  const { namespace, ingress, host, path } = wish
  const title = `The Ingress ${namespace}/${ingress} has no route ${written(wish)}, or it is not there any more`
  return fail('not-found', title, { params: { namespace, ingress, host, path } })
}

function ambiguous(wish: RouteWish, types: readonly string[]): Failure {
  const pathTypes = types.join(', ')
  const title = `${written(wish)} stands in ${wish.namespace}/${wish.ingress} as ${types.join(' and as ')}: name its pathType`
  return fail('ambiguous-route', title, { field: 'pathType', params: { pathTypes } })
}

function takenBy(owner: OrdinaryPath | undefined, wish: RouteWish): Failure {
  const lands = owner && `${owner.ingress.namespace}/${owner.ingress.name}`
  const title = `Requests for ${written(wish)} land at ${lands ?? 'no Ingress'}, not at ${wish.namespace}/${wish.ingress}`
  return fail('ambiguous-route', title, {
    field: 'ingress',
    params: { namespace: owner?.ingress.namespace ?? null, ingress: owner?.ingress.name ?? null },
  })
}
