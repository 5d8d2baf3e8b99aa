import { type Affinity, noAffinity } from '@/lib/domain/affinity'
import { type CanarySetting, type ControllerOptions, canaryOf } from '@/lib/domain/annotation'
import type { Ingress, IngressPath, ServicePort } from '@/lib/domain/model/ingress'

/**
 * A Service port as the controller keeps it, one for all Ingresses that name it.
 *
 * Shapes: `maker` is the Ingress that fixed its role. `rules` are those of a canary maker, else null.
 * `isServerless`: made by a canary, so it can own no location. `alternatives`: canaries in order; nginx asks only the first.
 * `removedBy`: the canary path that had no partner, which takes the backend away from everybody.
 */
export type Backend = ServicePort & {
  key: string
  namespace: string
  maker: Ingress
  rules: CanarySetting | null
  isServerless: boolean
  affinity: Affinity
  alternatives: { backend: Backend; by: Ingress }[]
  removedBy: { ingress: Ingress; where: string } | null
}

/** An Ingress the controller has read: in which role it takes part. */
export type ReadIngress = { ingress: Ingress; setting: CanarySetting }

/** Two spellings of one port are two backends. Source: ingress-nginx 1.15.1, controller/util.go upstreamName. */
export const backendKey = (namespace: string, { service, port }: ServicePort): string =>
  `${namespace}-${service}-${port}`

/** The path as the controller compares it: none means the root. Source: store.go syncIngress. */
export const comparedPath = ({ path }: Pick<IngressPath, 'path'>): string => path || '/'

/** The path type as the controller compares it. Source: k8s/main.go SetDefaultNGINXPathType. */
export const comparedType = ({ pathType }: Pick<IngressPath, 'pathType'>): 'Exact' | 'Prefix' =>
  pathType === 'Exact' ? 'Exact' : 'Prefix'

/** Oldest first; of the same second the greater name first. Source: store.go sortIngressSlice. */
export function byAge(ingresses: readonly Ingress[], options: ControllerOptions): ReadIngress[] {
  return ingresses
    .map(ingress => ({
      ingress,
      setting: canaryOf(ingress, options),
      id: `${ingress.namespace}/${ingress.name}`,
    }))
    .sort((a, b) => a.ingress.createdAtMs - b.ingress.createdAtMs || (a.id > b.id ? -1 : 1))
}

function makeBackend(read: ReadIngress, servicePort: ServicePort): Backend {
  const { ingress, setting } = read
  return {
    service: servicePort.service,
    port: servicePort.port,
    key: backendKey(ingress.namespace, servicePort),
    namespace: ingress.namespace,
    maker: ingress,
    rules: setting.enabled ? setting : null,
    isServerless: setting.enabled,
    affinity: noAffinity,
    alternatives: [],
    removedBy: null,
  }
}

/**
 * Every backend the Ingresses name, by key. The first to name one fixes its role; a default backend makes it anew.
 *
 * Source: ingress-nginx 1.15.1, controller.go createUpstreams.
 */
export function backendsOf(sorted: readonly ReadIngress[]): Map<string, Backend> {
  const backends = new Map<string, Backend>()
  for (const read of sorted) {
    const { namespace, defaultBackend, rules } = read.ingress
    if (defaultBackend) {
      backends.set(backendKey(namespace, defaultBackend), makeBackend(read, defaultBackend))
    }
    for (const { paths } of rules) {
      for (const { backend } of paths ?? []) {
        if (!backend) continue
        const key = backendKey(namespace, backend)
        if (!backends.has(key)) backends.set(key, makeBackend(read, backend))
      }
    }
  }
  return backends
}
