import type { Unread } from '@/lib/domain/model/claims'
import type { Release } from '@/lib/domain/model/release'

/** What each part of a version is read from: without one of these kinds it is not known, instead of nothing. */
const SOURCES: readonly (readonly [Unread, readonly string[]])[] = [
  ['endpoints', ['services', 'endpointslices']],
  ['deployments', ['services', 'deployments']],
  ['pods', ['services', 'pods']],
]

/**
 * Which parts of a version in this namespace cannot be known.
 * Units: `kinds` are those of `ClusterState.unreadable`: "pods" for the whole cluster, "shop/pods" for one namespace.
 */
export function unreadIn(namespace: string, kinds: readonly string[]): Unread[] {
  const isUnread = (kind: string) => kinds.includes(kind) || kinds.includes(`${namespace}/${kind}`)
  return SOURCES.flatMap(([part, sources]) => (sources.some(isUnread) ? [part] : []))
}

/** What is not known of the versions of a release; they may live in different namespaces. */
export function unreadOf({ id, routes }: Pick<Release, 'id' | 'routes'>, kinds: readonly string[]): Unread[] {
  const namespaces = [id.namespace, ...routes.map(route => route.namespace)]
  return [...new Set(namespaces.flatMap(namespace => unreadIn(namespace, kinds)))]
}
