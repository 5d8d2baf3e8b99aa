import { fieldsOf, textOf } from '@/lib/domain/raw'
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

const SPECS: Readonly<Record<string, (spec: Fields) => Fields>> = {
  Pod: podSpec,
  Deployment: deploymentSpec,
  ReplicaSet: spec => ({ replicas: 1, ...spec, template: template(spec.template) }),
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
