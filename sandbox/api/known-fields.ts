import { fieldsOf } from '@/lib/domain/raw'
import type { Draft } from './object'

/** Which fields a part of an object has: a tree, a list of trees, or anything at all. */
type Shape = 'any' | { readonly [field: string]: Shape } | readonly [Shape]

/** Fields whose own parts are not looked into. */
const leaves = (names: string): Readonly<Record<string, Shape>> =>
  Object.fromEntries(names.split(' ').map(name => [name, 'any']))

const metadata: Shape = leaves(
  'name generateName namespace selfLink uid resourceVersion generation creationTimestamp deletionTimestamp deletionGracePeriodSeconds labels annotations ownerReferences finalizers managedFields',
)

const probe: Shape = {
  ...leaves(
    'exec tcpSocket grpc initialDelaySeconds timeoutSeconds periodSeconds successThreshold failureThreshold terminationGracePeriodSeconds',
  ),
  httpGet: leaves('path port host scheme httpHeaders'),
}

const container: Shape = {
  ...leaves(
    'name image command args workingDir envFrom resizePolicy restartPolicy restartPolicyRules volumeMounts volumeDevices lifecycle terminationMessagePath terminationMessagePolicy imagePullPolicy securityContext stdin stdinOnce tty targetContainerName',
  ),
  ports: [leaves('name hostPort containerPort protocol hostIP')],
  env: [leaves('name value valueFrom')],
  resources: leaves('limits requests claims'),
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
}

const podSpec: Shape = {
  ...leaves(
    'volumes restartPolicy terminationGracePeriodSeconds activeDeadlineSeconds dnsPolicy nodeSelector serviceAccountName serviceAccount automountServiceAccountToken nodeName hostNetwork hostPID hostIPC shareProcessNamespace securityContext imagePullSecrets hostname subdomain affinity schedulerName tolerations hostAliases priorityClassName priority dnsConfig readinessGates runtimeClassName enableServiceLinks preemptionPolicy overhead topologySpreadConstraints setHostnameAsFQDN os hostUsers schedulingGates resourceClaims resources hostnameOverride',
  ),
  containers: [container],
  initContainers: [container],
  ephemeralContainers: [container],
}

const selector: Shape = { matchLabels: 'any', matchExpressions: [leaves('key operator values')] }
const template: Shape = { metadata, spec: podSpec }

const deploymentSpec: Shape = {
  ...leaves('replicas minReadySeconds revisionHistoryLimit paused progressDeadlineSeconds'),
  selector,
  template,
  strategy: { type: 'any', rollingUpdate: leaves('maxSurge maxUnavailable') },
}

const statefulSetSpec: Shape = {
  ...leaves(
    'replicas serviceName podManagementPolicy revisionHistoryLimit minReadySeconds ordinals persistentVolumeClaimRetentionPolicy volumeClaimTemplates',
  ),
  selector,
  template,
  updateStrategy: { type: 'any', rollingUpdate: leaves('partition maxUnavailable') },
}

const autoscalerSpec: Shape = {
  ...leaves('minReplicas maxReplicas metrics behavior'),
  scaleTargetRef: leaves('apiVersion kind name'),
}

const serviceSpec: Shape = {
  ...leaves(
    'selector clusterIP clusterIPs type externalIPs sessionAffinity loadBalancerIP loadBalancerSourceRanges externalName externalTrafficPolicy healthCheckNodePort publishNotReadyAddresses sessionAffinityConfig ipFamilies ipFamilyPolicy allocateLoadBalancerNodePorts loadBalancerClass internalTrafficPolicy trafficDistribution',
  ),
  ports: [leaves('name protocol appProtocol port targetPort nodePort')],
}

const backend: Shape = {
  service: { name: 'any', port: leaves('name number') },
  resource: leaves('apiGroup kind name'),
}

const ingressSpec: Shape = {
  ingressClassName: 'any',
  defaultBackend: backend,
  tls: [leaves('hosts secretName')],
  rules: [{ host: 'any', http: { paths: [{ path: 'any', pathType: 'any', backend }] } }],
}

const SPECS: Readonly<Record<string, Shape>> = {
  Pod: podSpec,
  Deployment: deploymentSpec,
  ReplicaSet: { ...leaves('replicas minReadySeconds'), selector, template },
  StatefulSet: statefulSetSpec,
  HorizontalPodAutoscaler: autoscalerSpec,
  PodDisruptionBudget: { ...leaves('minAvailable maxUnavailable unhealthyPodEvictionPolicy'), selector },
  Service: serviceSpec,
  Ingress: ingressSpec,
  IngressClass: { controller: 'any', parameters: leaves('apiGroup kind name scope namespace') },
  Namespace: leaves('finalizers'),
}

/** An object without the fields its kind does not have, and the paths of those. */
export type Pruned = { draft: Draft; unknown: readonly string[] }

/** Drops fields that a kind does not have, as the real API server does. Limits: kinds without a `spec` of ours are left as they are. */
export function pruned(draft: Draft): Pruned {
  const spec = SPECS[draft.kind]
  if (!spec) return { draft, unknown: [] }
  const unknown: string[] = []
  const shape: Shape = { apiVersion: 'any', kind: 'any', metadata, spec, status: 'any' }
  const kept = fieldsOf(fitted(shape, draft, '', unknown))
  return {
    draft: { ...kept, apiVersion: draft.apiVersion, kind: draft.kind, metadata: fieldsOf(kept.metadata) },
    unknown,
  }
}

function fitted(shape: Shape, raw: unknown, path: string, unknown: string[]): unknown {
  if (shape === 'any' || typeof raw !== 'object' || raw === null) return raw
  if (isListShape(shape)) {
    return Array.isArray(raw) ? raw.map((item, i) => fitted(shape[0], item, `${path}[${i}]`, unknown)) : raw
  }
  if (Array.isArray(raw)) return raw
  const kept: [string, unknown][] = []
  for (const [key, value] of Object.entries(raw)) {
    const at = path === '' ? key : `${path}.${key}`
    const below = Object.hasOwn(shape, key) ? shape[key] : undefined
    if (below === undefined) unknown.push(at)
    else kept.push([key, fitted(below, value, at, unknown)])
  }
  return Object.fromEntries(kept)
}

const isListShape = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape)
