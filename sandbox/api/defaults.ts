import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'
import type { Kind } from './kinds'
import type { Draft, Fields } from './object'

const each = (raw: unknown, fill: (item: Fields) => Fields): Fields[] | undefined =>
  Array.isArray(raw) ? raw.map(item => fill(fieldsOf(item))) : undefined

/** Leaves out what is undefined, so that nothing is set to nothing. */
const present = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

const PROBE = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }

const probe = (raw: unknown): Fields | undefined => {
  if (raw === undefined) return undefined
  const fields = { ...PROBE, ...fieldsOf(raw) }
  const { httpGet } = fieldsOf(raw)
  return httpGet ? { ...fields, httpGet: { path: '/', scheme: 'HTTP', ...fieldsOf(httpGet) } } : fields
}

const isLatest = (image: string) => image.endsWith(':latest') || !/:[^/]+$/.test(image)

const container = (fields: Fields): Fields =>
  present({
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: isLatest(textOf(fields.image)) ? 'Always' : 'IfNotPresent',
    resources: {},
    ...fields,
    ports: each(fields.ports, port => ({ protocol: 'TCP', ...port })),
    readinessProbe: probe(fields.readinessProbe),
    livenessProbe: probe(fields.livenessProbe),
  })

const podSpec = (fields: Fields): Fields =>
  present({
    restartPolicy: 'Always',
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
    ...fields,
    containers: each(fields.containers, container),
  })

const template = (raw: unknown): Fields => {
  const fields = fieldsOf(raw)
  return { ...fields, metadata: fieldsOf(fields.metadata), spec: podSpec(fieldsOf(fields.spec)) }
}

const strategy = (raw: unknown): Fields => {
  const fields = fieldsOf(raw)
  if (fields.type === 'Recreate') return fields
  const rollingUpdate = { maxSurge: '25%', maxUnavailable: '25%', ...fieldsOf(fields.rollingUpdate) }
  return { type: 'RollingUpdate', ...fields, rollingUpdate }
}

const deploymentSpec = (fields: Fields): Fields => ({
  replicas: 1,
  revisionHistoryLimit: 10,
  progressDeadlineSeconds: 600,
  ...fields,
  strategy: strategy(fields.strategy),
  template: template(fields.template),
})

const serviceSpec = (fields: Fields): Fields =>
  present({
    type: 'ClusterIP',
    sessionAffinity: 'None',
    internalTrafficPolicy: 'Cluster',
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    ...fields,
    ports: each(fields.ports, port => ({ protocol: 'TCP', targetPort: port.port, ...port })),
  })

/** Source: Kubernetes 1.34, pkg/apis/autoscaling/v2/defaults.go: where no metric is named, the CPU at 80 %. */
const CPU = {
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
}

const statefulSetSpec = (fields: Fields): Fields => ({
  replicas: 1,
  podManagementPolicy: 'OrderedReady',
  revisionHistoryLimit: 10,
  persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
  ...fields,
  updateStrategy: {
    type: 'RollingUpdate',
    rollingUpdate: { partition: 0 },
    ...fieldsOf(fields.updateStrategy),
  },
  template: template(fields.template),
})

const SPECS: Readonly<Record<string, (spec: Fields) => Fields>> = {
  Pod: podSpec,
  Deployment: deploymentSpec,
  ReplicaSet: spec => ({ replicas: 1, ...spec, template: template(spec.template) }),
  StatefulSet: statefulSetSpec,
  HorizontalPodAutoscaler: spec => ({
    minReplicas: 1,
    ...spec,
    metrics: itemsOf(spec.metrics).length > 0 ? spec.metrics : [CPU],
  }),
  Service: serviceSpec,
  Namespace: spec => ({ finalizers: ['kubernetes'], ...spec }),
}

/**
 * Fills in what the client left to the server.
 * Source: Kubernetes 1.34, pkg/apis/{core,apps}/v1/defaults.go, for the fields that our kinds use.
 */
export function withDefaults(draft: Draft): Draft {
  const fill = SPECS[draft.kind]
  if (fill) return { ...draft, spec: fill(fieldsOf(draft.spec)) }
  if (draft.kind === 'EndpointSlice') {
    const ports = each(draft.ports, port => ({ name: '', protocol: 'TCP', ...port })) ?? null
    const endpoints = each(draft.endpoints, endpoint => ({ conditions: {}, ...endpoint })) ?? null
    return { ...draft, endpoints, ports }
  }
  return draft
}

const FIRST_STATUS: Readonly<Record<string, Fields>> = {
  Pod: { phase: 'Pending', qosClass: 'BestEffort' },
  ReplicaSet: { replicas: 0 },
  StatefulSet: { replicas: 0, availableReplicas: 0 },
  HorizontalPodAutoscaler: { desiredReplicas: 0, currentMetrics: null },
  PodDisruptionBudget: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
  Service: { loadBalancer: {} },
  Ingress: { loadBalancer: {} },
}

/** The status of a new object, before anybody has looked at it. */
export const firstStatusOf = ({ kind }: Kind): Fields => FIRST_STATUS[kind] ?? {}
