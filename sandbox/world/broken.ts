import { daysAgo, ingressOf, type Manifest, namespaceOf, serviceOf } from './objects'
import { type ShopWish, shopOf } from './shop'

const TEN = { canary: 'true', 'canary-weight': '10' }

const path = (app: string, tag: string, at = '/', pathType = 'Prefix') => ({
  path: at,
  pathType,
  service: `service-${app}-${tag}`,
})

/** Mistakes in what a canary path is matched with: L01, L02, L33, L34, L36. */
const MATCHING: readonly ShopWish[] = [
  { app: 'no-match', canary: { annotations: TEN, paths: [path('no-match', 'v2', '/beta')] } },
  { app: 'path-type', canary: { annotations: TEN, paths: [path('path-type', 'v2', '/', 'Exact')] } },
  {
    app: 'wildcard',
    main: { host: '*.wildcard.shop.test' },
    canary: { annotations: TEN, host: 'one.wildcard.shop.test' },
  },
  { app: 'class-mismatch', canary: { annotations: TEN, className: 'internal' } },
  { app: 'no-http', canary: { annotations: TEN, paths: null } },
]

/** Mistakes in the Services a canary names: L03, L04, L26. L05 and L07 need a third Ingress. */
const BACKENDS: readonly ShopWish[] = [
  {
    app: 'tutorial',
    main: { paths: [path('tutorial', 'v1', '/app')] },
    canary: { annotations: TEN, ...tutorialOf('service-tutorial-v2') },
  },
  { app: 'same-service', canary: { annotations: TEN, paths: [path('same-service', 'v1')] } },
  { app: 'elsewhere', canary: { annotations: TEN } },
  { app: 'second', canary: { annotations: TEN } },
  { app: 'empty-stable', canary: { annotations: TEN }, v1: { replicas: 0 } },
  { app: 'empty-canary', canary: { annotations: TEN }, v2: { env: { READY: 'false' } } },
]

/** Mistakes in the rules: L10, L11, L16, L17, L19. */
const RULES: readonly ShopWish[] = [
  { app: 'not-true', canary: { annotations: { canary: 'yes', 'canary-weight': '10' } } },
  { app: 'bad-number', canary: { annotations: { canary: 'true', 'canary-weight': '10%' } } },
  {
    app: 'bad-chars',
    canary: {
      annotations: {
        canary: 'true',
        'canary-by-header': 'x-user',
        'canary-by-header-value': 'ann@example.com',
      },
    },
  },
  {
    app: 'bad-regex',
    canary: { annotations: { canary: 'true', 'canary-by-header': 'x-id', 'canary-by-header-pattern': '(' } },
  },
  { app: 'no-header', canary: { annotations: { canary: 'true', 'canary-by-header-value': 'test' } } },
]

/**
 * The well-known tutorial form: a rule without a path and a default backend, both naming the canary. Its default
 * backend joins every route without a host before it is taken away, so that it also stands before later canaries there.
 */
function tutorialOf(service: string) {
  return {
    paths: [{ path: '', pathType: 'ImplementationSpecific', service }],
    defaultBackend: service,
  }
}

const inNamespace = (namespace: string, wishes: readonly ShopWish[]): Manifest[] => [
  namespaceOf(namespace),
  ...wishes.flatMap(wish => shopOf({ ...wish, namespace })),
]

/** One release for each error of the linter, dead or disarmed by it, in three namespaces. */
export const brokenReleases = (): Manifest[] => [
  ...inNamespace('lab-matching', MATCHING),
  ...inNamespace('lab-backends', BACKENDS),
  ingressOf({
    namespace: 'lab-backends',
    name: 'elsewhere-direct',
    host: 'direct.elsewhere.shop.test',
    createdAt: daysAgo(30),
    paths: [path('elsewhere', 'v2')],
  }),
  serviceOf('lab-backends', 'service-second-v3', 'second-v2'),
  ingressOf({
    namespace: 'lab-backends',
    name: 'second-canary-late',
    host: 'second.shop.test',
    createdAt: daysAgo(0.5),
    paths: [path('second', 'v3')],
    annotations: TEN,
  }),
  ...inNamespace('lab-rules', RULES),
]
