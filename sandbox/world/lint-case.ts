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
 * `same`: its canary's Service selects the pods of stable.
 */
export type LintCase = {
  app: string
  rules?: Texts
  canary?: Partial<IngressWish>
  main?: Partial<IngressWish>
  same?: true
}

/** The host of a case. */
export const lintHost = (app: string): string => `${app}.shop.test`
/** The Service of one version of a case. */
export const lintService = (app: string, tag: string): string => `service-${app}-${tag}`

/** What pins users, on an ordinary Ingress. */
export const STICKY = { affinity: 'cookie', 'session-cookie-name': 'pinned' }

/** A path to the Service of one version of a case. */
export const at = (app: string, tag: string, path = '/', pathType = 'Prefix') => ({
  path,
  pathType,
  service: lintService(app, tag),
})

/** The pods that all these releases share: a version each. */
export const lintPods = (): Manifest[] => [
  namespaceOf(LINT),
  ...['v1', 'v2'].map(tag =>
    deploymentOf({ namespace: LINT, name: `lint-${tag}`, image: `nginx:lint-${tag}`, replicas: 1 }),
  ),
]

/** The objects of one case: two Services, an ordinary Ingress and its canary. */
export function lintCase({ app, rules, canary, main, same }: LintCase): Manifest[] {
  const host = lintHost(app)
  return [
    serviceOf(LINT, lintService(app, 'v1'), 'lint-v1'),
    serviceOf(LINT, lintService(app, 'v2'), same ? 'lint-v1' : 'lint-v2'),
    ingressOf({
      ...{ namespace: LINT, name: app, host, createdAt: daysAgo(MAIN_DAYS) },
      paths: [{ path: '/', service: lintService(app, 'v1') }],
      ...main,
    }),
    ingressOf({
      ...{ namespace: LINT, name: `${app}-canary`, host, createdAt: daysAgo(CANARY_DAYS) },
      paths: [{ path: '/', service: lintService(app, 'v2') }],
      annotations: { canary: 'true', ...(rules ?? { 'canary-weight': '10' }) },
      ...canary,
    }),
  ]
}
