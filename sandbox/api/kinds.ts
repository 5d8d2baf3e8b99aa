/** One kind of object the API server knows. `plural` names it in addresses. */
export type Kind = {
  group: string
  version: string
  kind: string
  plural: string
  singular: string
  shortNames: readonly string[]
  namespaced: boolean
  categories: readonly string[]
  /** Addresses below an object: `status`, `scale`. */
  subresources: readonly string[]
  /** A POST that is answered and not kept, as access reviews are. */
  reviewOnly: boolean
}

type Extras = Partial<
  Pick<Kind, 'shortNames' | 'namespaced' | 'categories' | 'subresources' | 'reviewOnly' | 'singular'>
>

function kindOf(groupVersion: string, kind: string, plural: string, extras: Extras = {}): Kind {
  const [version = 'v1', group = ''] = groupVersion.split('/').reverse()
  return {
    group,
    version,
    kind,
    plural,
    singular: kind.toLowerCase(),
    shortNames: [],
    namespaced: true,
    categories: [],
    subresources: [],
    reviewOnly: false,
    ...extras,
  }
}

const ALL = ['all']
const AUTHORIZATION = 'authorization.k8s.io/v1'
const REVIEW = { namespaced: false, reviewOnly: true }

/** Every kind of the sandbox, by a short handle. Source: `kubectl api-resources` of Kubernetes 1.34. */
export const kinds = {
  namespace: kindOf('v1', 'Namespace', 'namespaces', {
    namespaced: false,
    shortNames: ['ns'],
    subresources: ['status'],
  }),
  pod: kindOf('v1', 'Pod', 'pods', { shortNames: ['po'], categories: ALL, subresources: ['status'] }),
  service: kindOf('v1', 'Service', 'services', {
    shortNames: ['svc'],
    categories: ALL,
    subresources: ['status'],
  }),
  endpoints: kindOf('v1', 'Endpoints', 'endpoints', { shortNames: ['ep'] }),
  event: kindOf('v1', 'Event', 'events', { shortNames: ['ev'] }),
  deployment: kindOf('apps/v1', 'Deployment', 'deployments', {
    shortNames: ['deploy'],
    categories: ALL,
    subresources: ['status', 'scale'],
  }),
  replicaSet: kindOf('apps/v1', 'ReplicaSet', 'replicasets', {
    shortNames: ['rs'],
    categories: ALL,
    subresources: ['status', 'scale'],
  }),
  statefulSet: kindOf('apps/v1', 'StatefulSet', 'statefulsets', {
    shortNames: ['sts'],
    categories: ALL,
    subresources: ['status', 'scale'],
  }),
  horizontalPodAutoscaler: kindOf('autoscaling/v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', {
    shortNames: ['hpa'],
    categories: ALL,
    subresources: ['status'],
  }),
  podDisruptionBudget: kindOf('policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets', {
    shortNames: ['pdb'],
    subresources: ['status'],
  }),
  ingress: kindOf('networking.k8s.io/v1', 'Ingress', 'ingresses', {
    shortNames: ['ing'],
    subresources: ['status'],
  }),
  ingressClass: kindOf('networking.k8s.io/v1', 'IngressClass', 'ingressclasses', { namespaced: false }),
  endpointSlice: kindOf('discovery.k8s.io/v1', 'EndpointSlice', 'endpointslices'),
  lease: kindOf('coordination.k8s.io/v1', 'Lease', 'leases'),
  selfSubjectAccessReview: kindOf(
    AUTHORIZATION,
    'SelfSubjectAccessReview',
    'selfsubjectaccessreviews',
    REVIEW,
  ),
  selfSubjectRulesReview: kindOf(AUTHORIZATION, 'SelfSubjectRulesReview', 'selfsubjectrulesreviews', REVIEW),
  subjectAccessReview: kindOf(AUTHORIZATION, 'SubjectAccessReview', 'subjectaccessreviews', REVIEW),
} as const satisfies Record<string, Kind>

/** All kinds, in the order in which discovery lists them. */
export const allKinds: readonly Kind[] = Object.values(kinds)

/** `v1`, `apps/v1`: what objects of a kind say in `apiVersion`. */
export const apiVersionOf = ({ group, version }: Kind): string => (group ? `${group}/${version}` : version)

/** Verbs that exist for a kind, as discovery and access rules name them. */
export const verbsOf = ({ reviewOnly }: Kind): readonly string[] =>
  reviewOnly
    ? ['create']
    : ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']

const byAddress = new Map(allKinds.map(kind => [`${apiVersionOf(kind)}/${kind.plural}`, kind]))
const byName = new Map(allKinds.map(kind => [`${apiVersionOf(kind)}/${kind.kind}`, kind]))

/** The kind that lives at `groupVersion/plural`. */
export const kindAt = (groupVersion: string, plural: string): Kind | undefined =>
  byAddress.get(`${groupVersion}/${plural}`)

/** The kind an object calls itself. */
export const kindNamed = (apiVersion: string, name: string): Kind | undefined =>
  byName.get(`${apiVersion}/${name}`)
