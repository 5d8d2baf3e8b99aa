import { brokenReleases } from './broken'
import { controllers } from './controller'
import { lintReleases } from './lint'
import { classOf, type DeploymentWish, daysAgo, type IngressWish, type Manifest } from './objects'
import { shopOf } from './shop'

type Scene = {
  app: string
  canary: IngressWish['annotations']
  main?: IngressWish['annotations']
  v2?: Partial<DeploymentWish>
  more?: Pick<IngressWish, 'labels' | 'owners'>
  openDays?: number
}

const ROLLOUT = [
  {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    name: 'orders',
    uid: '8a0d5c1e-7f1b-4d0e-9a63-6f5f0d1c2b3a',
    controller: true,
  },
]

const LONG = 84

const SCENES: readonly Scene[] = [
  { app: 'checkout', canary: { 'canary-weight': '0' } },
  { app: 'cart', canary: { 'canary-weight': '0', 'canary-by-cookie': 'vip_user' } },
  { app: 'search', canary: { 'canary-by-header': 'role', 'canary-by-header-value': 'test' } },
  {
    app: 'catalog',
    canary: { 'canary-by-header': 'x-region', 'canary-by-header-pattern': '^eu-(west|north)$' },
  },
  { app: 'payments', canary: { 'canary-weight': '5' } },
  {
    app: 'profile',
    canary: { 'canary-weight': '20', 'canary-by-header': 'role', 'canary-by-cookie': 'vip_user' },
  },
  { app: 'recommend', canary: { 'canary-weight': '5', 'canary-weight-total': '1000' } },
  { app: 'inventory', canary: { 'canary-weight': '50' } },
  { app: 'shipping', canary: { 'canary-weight': '100' } },
  {
    app: 'login',
    canary: { 'canary-weight': '30' },
    main: { affinity: 'cookie', 'session-cookie-name': 'pinned' },
  },
  {
    app: 'orders',
    canary: { 'canary-weight': '10' },
    more: { owners: ROLLOUT, labels: { 'app.kubernetes.io/managed-by': 'argo-rollouts' } },
  },
  {
    app: 'newsletter',
    canary: { 'canary-weight': '10' },
    more: { labels: { 'app.kubernetes.io/managed-by': 'Helm' } },
  },
  { app: 'reviews', canary: { 'canary-weight': '0' }, openDays: LONG },
  { app: 'coupons', canary: { 'canary-weight': '25' }, v2: { env: { CRASH_AFTER: '1000' } } },
  { app: 'media', canary: { 'canary-weight': '10' }, v2: { env: { ERROR_RATE: '0.3', LATENCY_MS: '120' } } },
]

const sceneOf = ({ app, canary, main, v2, more, openDays = 3 }: Scene, at: number): Manifest[] =>
  shopOf({
    app,
    ...(main && { main: { annotations: main } }),
    canary: { annotations: { canary: 'true', ...canary }, createdAt: daysAgo(openDays + at / 5), ...more },
    ...(v2 && { v2 }),
  })

/** About twenty namespaces with releases in every state, one dead release for each error of the linter, and a controller. */
export const boardWorld = (): Manifest[] => [
  classOf('internal', 'example.com/internal', false),
  ...SCENES.flatMap(sceneOf),
  ...brokenReleases(),
  ...lintReleases('lab-rules'),
  ...controllers(),
]
