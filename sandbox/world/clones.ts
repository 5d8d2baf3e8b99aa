import {
  type DeploymentWish,
  deploymentOf,
  type IngressWish,
  ingressOf,
  type Manifest,
  namespaceOf,
  serviceOf,
} from './objects'

/** One route that a start may be asked for; what is left out is as plain as in the reference world. */
type Case = {
  name: string
  deployment?: Partial<DeploymentWish>
  /** What its pods run instead of one container. */
  containers?: readonly object[]
  service?: object
  ingress?: Partial<IngressWish>
  more?: (namespace: string) => Manifest[]
  /** A StatefulSet stands where the Deployment would. */
  isStateful?: boolean
}

const port = (name?: string) => ({ containerPort: 80, ...(name !== undefined && { name }) })
const containerOf = (name: string, image: string, more: object = {}) => ({ name, image, ...more })
const slow = { preStop: { sleep: { seconds: 10 } } }
const probe = { httpGet: { path: '/', port: 80 }, periodSeconds: 1 }

const budgetOf = (namespace: string, name: string, matchLabels: object): Manifest => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { namespace, name },
  spec: { minAvailable: 1, selector: { matchLabels } },
})

const autoscalerOf = (namespace: string, deployment: string): Manifest => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { namespace, name: deployment },
  spec: {
    minReplicas: 2,
    maxReplicas: 10,
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: deployment },
  },
})

const PAIR = { app: 'pair', version: 'v1' }

/** What stands behind routes in real clusters, one each. */
const CASES: readonly Case[] = [
  {
    name: 'tidy',
    containers: [
      containerOf('app', 'nginx:tidy-v1', { ports: [port()], readinessProbe: probe, lifecycle: slow }),
    ],
  },
  {
    name: 'sidecar',
    containers: [
      containerOf('app', 'nginx:sidecar-v1', { ports: [port()] }),
      containerOf('proxy', 'envoy:v1.31', { env: [{ name: 'UPSTREAM', value: 'app' }] }),
    ],
  },
  {
    name: 'pair',
    deployment: { name: 'pair-blue', image: 'nginx:pair-blue', labels: { ...PAIR, colour: 'blue' } },
    service: { selector: PAIR },
    more: namespace => [
      deploymentOf({
        namespace,
        name: 'pair-green',
        image: 'nginx:pair-green',
        replicas: 1,
        labels: { ...PAIR, colour: 'green' },
      }),
    ],
  },
  {
    name: 'named-port',
    containers: [containerOf('app', 'nginx:named-port-v1', { ports: [port('web')] })],
    service: { ports: [{ name: 'http', port: 80, targetPort: 'web', protocol: 'TCP' }] },
    ingress: { port: 'http' },
  },
  { name: 'stateful', isStateful: true },
  {
    name: 'guarded',
    more: namespace => [
      autoscalerOf(namespace, 'guarded-v1'),
      budgetOf(namespace, 'guarded-v1', { app: 'guarded-v1' }),
    ],
  },
  {
    name: 'caught',
    deployment: { podLabels: { tier: 'web' } },
    more: namespace => [serviceOf(namespace, 'all-web', '', { selector: { tier: 'web' } })],
  },
  { name: 'budgeted', more: namespace => [budgetOf(namespace, 'everything', {})] },
  { name: 'sticky', ingress: { annotations: { affinity: 'cookie', 'session-cookie-name': 'pinned' } } },
  {
    name: 'shared',
    ingress: {
      paths: [
        { path: '/', service: 'service-shared-v1' },
        { path: '/admin', service: 'service-shared-v1' },
      ],
    },
  },
  {
    name: 'outside',
    service: { type: 'ExternalName', externalName: 'shop.example.com', selector: undefined },
  },
  { name: 'by-hand', service: { selector: undefined } },
]

/** The pods of a case as a Deployment, or the same as a StatefulSet. */
function workloadOf({ name, deployment, containers, isStateful }: Case, namespace: string): Manifest {
  const made = deploymentOf({
    namespace,
    name: `${name}-v1`,
    image: `nginx:${name}-v1`,
    replicas: 1,
    ...deployment,
  })
  const template = containers ? { ...made.spec.template, spec: { containers } } : made.spec.template
  const spec = { ...made.spec, template }
  if (!isStateful) return { ...made, spec }
  return { ...made, kind: 'StatefulSet', spec: { ...spec, serviceName: `service-${name}-v1` } }
}

function caseOf(each: Case): Manifest[] {
  const { name, service, ingress, more } = each
  const namespace = `clone-${name}`
  return [
    namespaceOf(namespace),
    workloadOf(each, namespace),
    ...(more?.(namespace) ?? []),
    serviceOf(namespace, `service-${name}-v1`, `${name}-v1`, service),
    ingressOf({
      namespace,
      name,
      host: `${name}.clones.test`,
      paths: [{ path: '/', service: `service-${name}-v1` }],
      ...ingress,
    }),
  ]
}

/** One namespace for each thing that a start may find behind a route: some can be copied, some are refused. */
export const clonesWorld = (): Manifest[] => CASES.flatMap(caseOf)
