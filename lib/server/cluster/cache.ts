import 'server-only'
import type { Deployment, EndpointSlice, IngressClass, Pod, Service } from '@/lib/domain/model/workload'
import type { Connection } from '@/lib/server/kubernetes/connection'
import type { Kind } from '@/lib/server/kubernetes/kind'
import { kinds, type ListedIngress } from '@/lib/server/kubernetes/kinds'
import { keepListed } from '@/lib/server/kubernetes/list-watch'
import type { Liveness } from '@/lib/server/kubernetes/liveness'
import { sharedTexts } from '@/lib/server/kubernetes/shared-texts'
import { Store, type StoreChange, type Stored } from '@/lib/server/kubernetes/store'

/** What happens to a derived state when an object of a kind came, changed or went. */
export type CacheEvents = {
  ingress: (change: StoreChange<ListedIngress>) => void
  ingressClass: () => void
  /** A workload or Service of this namespace. */
  workload: (namespace: string) => void
}

/** Everything Halftone knows of one cluster, as last seen. */
export type Cache = {
  ingressClasses: Store<IngressClass>
  ingresses: Store<ListedIngress>
  services: Store<Service>
  slices: Store<EndpointSlice>
  deployments: Store<Deployment>
  pods: Store<Pod>
}

/** An empty cache that tells of every change. */
export function createCache({ ingress, ingressClass, workload }: CacheEvents): Cache {
  const inNamespace = ({ before, after }: StoreChange<{ namespace: string }>) =>
    workload((after ?? before)?.namespace ?? '')
  return {
    ingressClasses: new Store<IngressClass>(ingressClass),
    ingresses: new Store<ListedIngress>(ingress),
    services: new Store<Service>(inNamespace),
    slices: new Store<EndpointSlice>(inNamespace),
    deployments: new Store<Deployment>(inNamespace),
    pods: new Store<Pod>(inNamespace),
  }
}

export type FillOptions = {
  cache: Cache
  connection: Connection
  liveness: Liveness
  /** null: the whole cluster. */
  namespaces: readonly string[] | null
  idleMs: number
  forbiddenMs?: number
  signal: AbortSignal
  report: (bug: unknown) => void
}

/** Keeps the cache equal to the cluster until stopped: one list-watch per kind and namespace. */
export async function keepFilled({ cache, namespaces, ...options }: FillOptions): Promise<void> {
  const share = sharedTexts()
  const listed = <T extends Stored>(kind: Kind<T>, store: Store<T>) => {
    const scopes = kind.namespaced ? (namespaces ?? [null]) : [null]
    return scopes.map(namespace => keepListed({ ...options, kind, store, namespace, share }))
  }
  await Promise.all([
    ...listed(kinds.ingressclasses, cache.ingressClasses),
    ...listed(kinds.ingresses, cache.ingresses),
    ...listed(kinds.services, cache.services),
    ...listed(kinds.endpointslices, cache.slices),
    ...listed(kinds.deployments, cache.deployments),
    ...listed(kinds.pods, cache.pods),
  ])
}
