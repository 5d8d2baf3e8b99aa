import { classOf, daysAgo, deploymentOf, ingressOf, type Manifest, namespaceOf, serviceOf } from './objects'

const NAMESPACE = 'default'
const MAIN_DAYS = 120

const version = (app: string, tag: string): Manifest[] => [
  deploymentOf({ namespace: NAMESPACE, name: `${app}-${tag}`, image: `nginx:${app}-${tag}` }),
  serviceOf(NAMESPACE, `service-${app}-${tag}`, `${app}-${tag}`),
]

const ordinary = ingressOf({
  namespace: NAMESPACE,
  name: 'nginx-ingress',
  annotations: { 'rewrite-target': '/' },
  createdAt: daysAgo(MAIN_DAYS),
  paths: [
    { path: '/user', service: 'service-user-v1' },
    { path: '/pay', service: 'service-pay-v1' },
  ],
  defaultBackend: 'service-user-v1',
})

const around = (versions: readonly Manifest[]): Manifest[] => [
  namespaceOf(NAMESPACE),
  classOf('nginx', 'k8s.io/ingress-nginx', true),
  ...versions,
  ordinary,
]

/** The reference story's cluster before the release: user-v1, pay-v1 and the one ordinary Ingress. */
export const referenceWorld = (): Manifest[] => around([...version('user', 'v1'), ...version('pay', 'v1')])

const wideVersion = (app: string): Manifest[] => [
  deploymentOf({
    namespace: NAMESPACE,
    name: `${app}-v1`,
    image: `nginx:${app}-v1`,
    labels: { app, version: 'v1' },
  }),
  serviceOf(NAMESPACE, `service-${app}-v1`, app),
]

/** The same, except that pods say their version in a label of its own and the Services do not go by it: they are for all versions. */
export const wideWorld = (): Manifest[] => around([...wideVersion('user'), ...wideVersion('pay')])

/**
 * What starts the release of /user: user-v2, its Service, and the canary Ingress, parked.
 * `createdAt` is for worlds in which it is older than others.
 */
export const releaseManifests = (createdAt?: string): Manifest[] => [
  ...version('user', 'v2'),
  ingressOf({
    namespace: NAMESPACE,
    name: 'user-canary',
    annotations: { canary: 'true', 'canary-weight': '0' },
    paths: [{ path: '/user', service: 'service-user-v2' }],
    ...(createdAt !== undefined && { createdAt }),
  }),
]
