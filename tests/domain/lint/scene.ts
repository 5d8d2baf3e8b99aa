import { parseIngress } from '@/lib/domain/ingress'
import { epochMsOf } from '@/lib/domain/iso'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { Finding, Release } from '@/lib/domain/model/release'
import { releaseOf } from '@/lib/domain/release'
import { type Routing, routingOf } from '@/lib/domain/routing'
import { parseDeployment, parseEndpointSlice, parseService } from '@/lib/domain/workload'
import { matches } from '@/lib/server/pattern'
import { type IngressWish, ingressOf } from '@/sandbox/world/objects'

type Texts = Record<string, string>

/** What differs from a healthy release of shop.test/a: 20 of 100 to app-v2, an hour old, beside an Ingress a month older. */
export type Plot = {
  /** The rules written on the canary, without prefix; `canary: "true"` comes along. */
  rules?: Texts
  canary?: Partial<IngressWish>
  main?: Partial<IngressWish>
  others?: readonly Partial<IngressWish>[]
  /** Services without a ready endpoint. */
  empty?: readonly string[]
  images?: { stable: string; canary: string }
  serviceAt?: string
  unreadable?: readonly string[]
  now?: string
}

const HOST = 'shop.test'
const NOW = '2026-03-02T00:00:00Z'

export const path = (path: string, service: string, pathType = 'Prefix') => ({ path, pathType, service })

const defaults = { namespace: 'shop', host: HOST } as const

const read = (wish: IngressWish): Ingress => {
  const { metadata, ...rest } = ingressOf(wish)
  return parseIngress({ ...rest, metadata: { uid: `uid-${wish.name}`, resourceVersion: '7', ...metadata } })
}

/** Every Ingress of a plot; the canary is the first. */
export function ingressesOf({ rules, canary, main, others = [] }: Plot): [Ingress, ...Ingress[]] {
  return [
    read({
      ...defaults,
      name: 'app-canary',
      paths: [path('/a', 'app-v2')],
      annotations: { canary: 'true', ...(rules ?? { 'canary-weight': '20' }) },
      createdAt: '2026-03-01T00:00:00Z',
      ...canary,
    }),
    read({
      ...defaults,
      name: 'app',
      paths: [path('/a', 'app-v1')],
      createdAt: '2026-01-01T00:00:00Z',
      ...main,
    }),
    ...others.map((other, at) =>
      read({ ...defaults, name: `other-${at}`, paths: [], createdAt: '2026-02-01T00:00:00Z', ...other }),
    ),
  ]
}

function workloadsOf({ empty = [], images, serviceAt }: Plot) {
  const versions = [
    { service: 'app-v1', image: images?.stable ?? 'app:v1' },
    { service: 'app-v2', image: images?.canary ?? 'app:v2' },
    { service: 'errors', image: 'errors:v1' },
  ]
  const metadata = (name: string) => ({ namespace: 'shop', name })
  return {
    service: (_namespace: string, name: string) =>
      parseService({
        metadata: { ...metadata(name), ...(serviceAt && { creationTimestamp: serviceAt }) },
        spec: { selector: { app: name }, ports: [{ port: 80 }] },
      }),
    slices: (_namespace: string, service: string) => [
      parseEndpointSlice({
        metadata: { ...metadata(service), labels: { 'kubernetes.io/service-name': service } },
        endpoints: [{ addresses: ['10.0.0.1'], conditions: { ready: !empty.includes(service) } }],
      }),
    ],
    deployments: () =>
      versions.map(({ service, image }) =>
        parseDeployment({
          metadata: metadata(service),
          spec: {
            template: {
              metadata: { labels: { app: service } },
              spec: { containers: [{ name: 'c', image }] },
            },
          },
        }),
      ),
    pods: () => [],
  }
}

export type Staged = { canary: Ingress; routing: Routing; release: Release }

/** The release of a plot, derived as the product does. */
export function staged(plot: Plot): Staged {
  const ingresses = ingressesOf(plot)
  const [canary] = ingresses
  const routing = routingOf(ingresses, { annotationValidation: true })
  const release = releaseOf(canary, {
    cluster: 'demo',
    routing,
    workloads: workloadsOf(plot),
    matches,
    nowMs: epochMsOf(plot.now ?? NOW),
    ...(plot.unreadable && { unreadable: plot.unreadable }),
  })
  return { canary, routing, release }
}

export const findingsOf = (plot: Plot): Finding[] => staged(plot).release.findings
export const idsOf = (plot: Plot): string[] => findingsOf(plot).map(each => each.id)
