import {
  daysAgo,
  deploymentOf,
  type IngressWish,
  ingressOf,
  type Manifest,
  namespaceOf,
  serviceOf,
} from './objects'

const [MAIN_DAYS, CANARY_DAYS] = [120, 10]
/** The namespace of all cases. */
export const LINT = 'lint'

type Texts = Readonly<Record<string, string>>

/**
 * A release with one mistake, named by the finding: "l06-leak". Annotations come without prefix; `canary` is always true.
 */
export type LintCase = {
  app: string
  rules?: Texts
  canary?: Partial<IngressWish>
  main?: Partial<IngressWish>
}

/** The host of a case. */
export const lintHost = (app: string): string => `${app}.shop.test`
/**
 * The Service of one version, the same for all cases: each has a port of its own there, which is to the controller what a
 * Service of its own would be.
 */
export const lintService = (tag: string): string => `service-lint-${tag}`
/** The name of a case's port. */
export const lintPort = (app: string): string => app.slice(0, 3)

const LAST = 50
/** A port for each finding there can be. */
export const lintPorts = Array.from({ length: LAST }, (_, at) => ({
  name: `l${String(at + 1).padStart(2, '0')}`,
  port: 8001 + at,
  targetPort: 80,
  protocol: 'TCP',
}))

/** What pins users, on an ordinary Ingress. */
export const STICKY = { affinity: 'cookie', 'session-cookie-name': 'pinned' }

/** A path to one version. */
export const at = (tag: string, path = '/', pathType = 'Prefix') => ({
  path,
  pathType,
  service: lintService(tag),
})

/** The pods that all these releases share, and their Services. `other` is stable once more. */
export const lintPods = (): Manifest[] => [
  namespaceOf(LINT),
  ...['v1', 'v2'].map(tag =>
    deploymentOf({ namespace: LINT, name: `lint-${tag}`, image: `nginx:lint-${tag}`, replicas: 1 }),
  ),
  ...[
    ['v1', 'lint-v1'],
    ['v2', 'lint-v2'],
    ['other', 'lint-v1'],
  ].map(([tag = '', app = '']) => serviceOf(LINT, lintService(tag), app, { ports: lintPorts })),
]

/** The objects of one case: an ordinary Ingress and its canary. */
export function lintCase({ app, rules, canary, main }: LintCase): Manifest[] {
  const place = { namespace: LINT, host: lintHost(app), port: lintPort(app) }
  return [
    ingressOf({ ...place, name: app, createdAt: daysAgo(MAIN_DAYS), paths: [at('v1')], ...main }),
    ingressOf({
      ...place,
      name: `${app}-canary`,
      createdAt: daysAgo(CANARY_DAYS),
      paths: [at('v2')],
      annotations: { canary: 'true', ...(rules ?? { 'canary-weight': '10' }) },
      ...canary,
    }),
  ]
}
