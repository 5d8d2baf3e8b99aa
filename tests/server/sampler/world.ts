import type { Ingress } from '@/lib/domain/model/ingress'
import type { Version } from '@/lib/domain/model/release'
import { releaseOf } from '@/lib/domain/release'
import { routingOf } from '@/lib/domain/routing'
import { matches } from '@/lib/server/pattern'
import type { SamplingFacts } from '@/lib/server/sampler/facts'

/** How the release of these tests is configured; what is left out is as in the reference story, parked. */
export type Setup = {
  weight?: number
  cookie?: string
  header?: string
  pattern?: string
  host?: string
  path?: string
  sampling?: object
  tlsHosts?: string[]
  addresses?: string[]
  stableReady?: boolean | 'unknown'
  canaryReady?: boolean | 'unknown'
  dead?: boolean
  routingVersion?: string
}

const PREFIX = 'nginx.ingress.kubernetes.io/canary'

function ingress(name: string, service: string, setup: Setup, annotations: Record<string, string>): Ingress {
  const { host = '', path = '/user', tlsHosts = [], addresses = [] } = setup
  const backend = { service, port: '80' }
  return {
    namespace: 'shop',
    name,
    uid: `uid-${name}`,
    resourceVersion: '1',
    createdAtMs: name === 'nginx-ingress' ? 1_700_000_000_000 : 1_700_000_100_000,
    className: 'nginx',
    annotations,
    labels: {},
    owners: [],
    rules: [
      { host, paths: [{ path, pathType: /[()]/.test(path) ? 'ImplementationSpecific' : 'Prefix', backend }] },
    ],
    defaultBackend: null,
    tlsHosts,
    addresses,
    changed: { at: '2026-01-01T00:00:00Z', by: 'kubectl' },
  }
}

const version = (name: string): Version => ({
  service: `service-${name}`,
  port: '80',
  deployments: [{ name, image: `nginx:${name}`, replicas: 1, ready: 1, updated: 1 }],
  endpoints: { ready: 1, total: 1 },
  pods: [],
})

/** The facts of one release, derived as the server derives them. */
export function factsOf(setup: Setup): SamplingFacts {
  const { weight = 0, cookie, header, pattern, sampling, stableReady = true, canaryReady = true } = setup
  const ordinary = ingress('nginx-ingress', 'service-user-v1', setup, {
    ...(/[()]/.test(setup.path ?? '') && { 'nginx.ingress.kubernetes.io/use-regex': 'true' }),
  })
  const canary = ingress(
    'user-canary',
    'service-user-v2',
    setup.dead ? { ...setup, path: '/nowhere' } : setup,
    {
      [PREFIX]: 'true',
      [`${PREFIX}-weight`]: String(weight),
      ...(cookie && { [`${PREFIX}-by-cookie`]: cookie }),
      ...(header && { [`${PREFIX}-by-header`]: header }),
      ...(pattern && { [`${PREFIX}-by-header-pattern`]: pattern }),
      ...(sampling && { 'halftone.dev/sampling': JSON.stringify(sampling) }),
    },
  )
  const routing = routingOf([ordinary, canary], { annotationValidation: true })
  const workloads = { service: () => undefined, slices: () => [], deployments: () => [], pods: () => [] }
  const derived = releaseOf(canary, { cluster: 'demo', routing, workloads })
  return {
    release: { ...derived, stable: version('user-v1'), canary: version('user-v2') },
    routing,
    canary,
    routingVersion: setup.routingVersion ?? '1',
    ordinary,
    matches,
    ready: (_namespace, { service }) => (service === 'service-user-v1' ? stableReady : canaryReady),
  }
}
