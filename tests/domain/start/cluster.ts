import { parseIngress } from '@/lib/domain/ingress'
import type { Route } from '@/lib/domain/model/release'
import type { StartDraft, StartSources } from '@/lib/domain/model/start'
import type { Result } from '@/lib/domain/problem'
import { fieldsOf, itemsOf } from '@/lib/domain/raw'
import type { StartChoice } from '@/lib/domain/start/choice'
import { draftOf } from '@/lib/domain/start/draft'

type Labels = Readonly<Record<string, string>>

/** A Deployment as a cluster sends it, with what clusters add. */
export const deployment = (
  name: string,
  labels: Labels,
  more: { selector?: object; spec?: object; pod?: object; metadata?: object; template?: object } = {},
) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    namespace: 'shop',
    name,
    uid: `uid-${name}`,
    resourceVersion: '7',
    labels,
    annotations: { 'deployment.kubernetes.io/revision': '3' },
    ...more.metadata,
  },
  spec: {
    replicas: 3,
    selector: more.selector ?? { matchLabels: labels },
    template: {
      metadata: { creationTimestamp: null, labels, ...more.template },
      spec: { containers: [{ name: 'nginx', image: 'nginx:user-v1' }], ...more.pod },
    },
    ...more.spec,
  },
  status: { readyReplicas: 3 },
})

/** A Service as a cluster sends it. */
export const service = (
  name: string,
  selector: Labels | undefined,
  spec: object = {},
  metadata: object = {},
) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace: 'shop', name, uid: `uid-${name}`, resourceVersion: '8', ...metadata },
  spec: {
    type: 'ClusterIP',
    clusterIP: '10.0.0.1',
    clusterIPs: ['10.0.0.1'],
    selector,
    ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }],
    ...spec,
  },
})

const path = (of: string, to: string, port: object) => ({
  path: of,
  pathType: 'Prefix',
  backend: { service: { name: to, port } },
})

/** The ordinary Ingress of the reference story. */
export const ordinary = ({
  annotations = {},
  spec = {},
  port = { number: 80 },
  paths = [path('/user', 'service-user-v1', port), path('/pay', 'service-pay-v1', { number: 80 })],
}: {
  annotations?: Labels
  spec?: object
  port?: object
  paths?: object[]
} = {}) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { namespace: 'shop', name: 'nginx-ingress', uid: 'uid-main', resourceVersion: '9', annotations },
  spec: {
    ingressClassName: 'nginx',
    defaultBackend: { service: { name: 'service-user-v1', port: { number: 80 } } },
    tls: [{ hosts: ['shop.example'] }],
    rules: [{ http: { paths } }],
    ...spec,
  },
})

/** The route of /user. */
export const route: Route = {
  namespace: 'shop',
  ingress: 'nginx-ingress',
  host: '',
  path: '/user',
  pathType: 'Prefix',
  service: 'service-user-v1',
  port: 80,
  release: null,
}

/** The reference story's namespace before a release; parts may be replaced. */
export function sources(parts: Partial<StartSources> = {}): StartSources {
  const main = parts.ordinary ?? ordinary()
  return {
    ordinary: main,
    deployments: [deployment('user-v1', { app: 'user-v1' }), deployment('pay-v1', { app: 'pay-v1' })],
    services: [service('service-user-v1', { app: 'user-v1' }), service('service-pay-v1', { app: 'pay-v1' })],
    statefulSets: [],
    readAtMs: Date.UTC(2026, 0, 1),
    budgets: [],
    autoscalers: [],
    ingresses: [parseIngress(main)],
    ...parts,
  }
}

export const choice: StartChoice = {
  namespace: 'shop',
  ingress: 'nginx-ingress',
  host: '',
  path: '/user',
  image: 'nginx:user-v2',
}

const matches = (pattern: string, text: string) => new RegExp(pattern).test(text)

/** The draft of /user from this cluster by this choice. */
export const draft = (
  of: Partial<StartChoice> = {},
  from: Partial<StartSources> = {},
  { on = {}, continues = false }: { on?: Partial<Route>; continues?: boolean } = {},
): Result<StartDraft> =>
  draftOf({ ...choice, ...of }, { ...route, ...on }, sources(from), { matches, continues })

/** A draft that must be there. */
export function drafted(...args: Parameters<typeof draft>): StartDraft {
  const result = draft(...args)
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.title}`)
  return result.value
}

/** The problem of a draft that must be refused. */
export function refused(...args: Parameters<typeof draft>) {
  const result = draft(...args)
  if (result.ok) throw new Error('It was not refused')
  return result.problem
}

/** The spec of an object's pods, and their labels. */
export function podOf(object: unknown) {
  const template = fieldsOf(fieldsOf(fieldsOf(object).spec).template)
  return {
    labels: fieldsOf(fieldsOf(template.metadata).labels),
    annotations: fieldsOf(template.metadata).annotations,
    containers: itemsOf(fieldsOf(template.spec).containers).map(fieldsOf),
    spec: fieldsOf(template.spec),
  }
}
