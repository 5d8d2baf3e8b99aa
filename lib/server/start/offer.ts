import 'server-only'
import { StartRelease } from '@/lib/contract'
import type { StartOffer } from '@/lib/domain/model/start'
import { ok, type Result } from '@/lib/domain/problem'
import { offerOf } from '@/lib/domain/start/offer'
import { wrongInput } from '@/lib/server/body'
import type { Cluster } from '@/lib/server/cluster'
import { findRoute, type RouteWish } from '@/lib/server/start/route'
import { readSources } from '@/lib/server/start/sources'

/** What an address asks for: the route by the same names as in the body of a start. */
const AskStart = StartRelease.pick({ namespace: true, ingress: true, host: true, path: true, pathType: true })

/**
 * What a start of the route that the query names can begin from.
 * Errors: invalid-input with the field; those of finding the route and of reading the namespace.
 */
export async function offerStart(cluster: Cluster, query: URLSearchParams): Promise<Result<StartOffer>> {
  const asked: Result<RouteWish> = parsed(query)
  if (!asked.ok) return asked
  const route = findRoute(cluster, asked.value)
  if (!route.ok) return route
  const sources = await readSources(cluster, route.value)
  return sources.ok ? ok(offerOf(route.value, sources.value)) : sources
}

function parsed(query: URLSearchParams): Result<RouteWish> {
  const read = AskStart.safeParse(Object.fromEntries(query))
  return read.success ? ok(read.data) : wrongInput(read.error)
}
