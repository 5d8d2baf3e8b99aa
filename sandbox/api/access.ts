import type { Fields } from './object'

/** One rule of a role. `*` stands for everything. */
export type Rule = {
  apiGroups: readonly string[]
  resources: readonly string[]
  verbs: readonly string[]
  /** Only objects of these names; all when missing. */
  resourceNames?: readonly string[]
}

/** Somebody who may ask: by token, or nobody in particular. */
export type User = {
  /** Which of the sandbox's tokens: faults and counters go by it. */
  token: 'admin' | 'halftone' | 'internal' | 'none'
  name: string
  groups: readonly string[]
  rules: readonly Rule[]
  /** Addresses beside objects that are open to them; `*` at the end stands for anything. */
  paths: readonly string[]
}

const EVERYTHING: readonly Rule[] = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]
const READ = ['list', 'watch']

/** What every authenticated user may do. Source: ClusterRole system:basic-user of Kubernetes 1.34. */
const BASIC_USER: readonly Rule[] = [
  {
    apiGroups: ['authorization.k8s.io'],
    resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
    verbs: ['create'],
  },
]

/** What Halftone may do, in every namespace. Source: deploy/rbac.yaml; tests/sandbox/api/access.test.ts compares. */
const HALFTONE_RULES: readonly Rule[] = [
  { apiGroups: ['networking.k8s.io'], resources: ['ingressclasses'], verbs: READ },
  { apiGroups: [''], resources: ['pods', 'services'], verbs: READ },
  { apiGroups: ['apps'], resources: ['deployments'], verbs: READ },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: ['get', ...READ] },
  { apiGroups: ['apps'], resources: ['statefulsets'], verbs: ['list'] },
  { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: ['list'] },
  { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: ['list'] },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: ['create', 'patch', 'delete'] },
  { apiGroups: ['apps'], resources: ['deployments'], verbs: ['create', 'patch', 'delete'] },
  { apiGroups: [''], resources: ['services'], verbs: ['create', 'delete'] },
]

/** Addresses beside objects: of health for everybody, of discovery for those who have signed in. */
const PUBLIC = ['/healthz', '/livez', '/readyz', '/version', '/version/']
const DISCOVERY = [...PUBLIC, '/api', '/api/*', '/apis', '/apis/*', '/openapi', '/openapi/*']

const master = (token: User['token'], name: string): User => ({
  token,
  name,
  groups: ['system:masters', 'system:authenticated'],
  rules: EVERYTHING,
  paths: ['*'],
})

/** Everybody the sandbox knows. */
export const users = {
  admin: master('admin', 'sandbox-admin'),
  halftone: {
    token: 'halftone',
    name: 'system:serviceaccount:halftone:halftone',
    groups: ['system:serviceaccounts', 'system:serviceaccounts:halftone', 'system:authenticated'],
    rules: [...HALFTONE_RULES, ...BASIC_USER],
    paths: DISCOVERY,
  },
  internal: master('internal', 'system:sandbox'),
  anonymous: {
    token: 'none',
    name: 'system:anonymous',
    groups: ['system:unauthenticated'],
    rules: [],
    paths: PUBLIC,
  },
} as const satisfies Record<string, User>

/** What somebody wants to do. `resource` includes a subresource: `deployments/scale`; `name` is empty for a whole list. */
export type Wish = { verb: string; group: string; resource: string; name: string }

const has = (list: readonly string[], value: string) => list.includes('*') || list.includes(value)

/** Whether the rules allow a wish. */
export const allows = (rules: readonly Rule[], { verb, group, resource, name }: Wish): boolean =>
  rules.some(
    rule =>
      has(rule.verbs, verb) &&
      has(rule.apiGroups, group) &&
      has(rule.resources, resource) &&
      (rule.resourceNames === undefined || rule.resourceNames.includes(name)),
  )

/** Who has this name; undefined for a stranger, to whom nothing is allowed. */
export const userNamed = (name: string): User | undefined =>
  Object.values(users).find(each => each.name === name)

/** The rules as a SelfSubjectRulesReview reports them. */
export const rulesReport = ({ rules, paths }: User): Fields => ({
  resourceRules: rules.map(rule => ({ ...rule })),
  nonResourceRules: [{ verbs: ['get'], nonResourceURLs: paths }],
  incomplete: false,
})
