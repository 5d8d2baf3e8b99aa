import { fieldsOf, textOf, wholeOf } from '@/lib/domain/raw'
import { age, all, type Column, count, name, orNone, pairs, specOf, statusOf } from './column'
import type { Fields, KubeObject } from './object'

const containers = (object: KubeObject): Fields[] =>
  all(fieldsOf(fieldsOf(specOf(object).template).spec).containers)

const workload: readonly Column[] = [
  {
    name: 'Containers',
    wide: true,
    cell: object =>
      containers(object)
        .map(each => textOf(each.name))
        .join(','),
  },
  {
    name: 'Images',
    wide: true,
    cell: object =>
      containers(object)
        .map(each => textOf(each.image))
        .join(','),
  },
  { name: 'Selector', wide: true, cell: object => pairs(fieldsOf(specOf(object).selector).matchLabels) },
]

const statuses = (pod: KubeObject): Fields[] => all(statusOf(pod).containerStatuses)

function podPhase(pod: KubeObject): string {
  if (pod.metadata.deletionTimestamp !== undefined) return 'Terminating'
  for (const { state } of statuses(pod)) {
    const { waiting, terminated } = fieldsOf(state)
    const reason = textOf(fieldsOf(waiting).reason) || textOf(fieldsOf(terminated).reason)
    if (reason) return reason
  }
  return textOf(statusOf(pod).phase)
}

/** What `kubectl get` prints of Pods. */
export const pod: readonly Column[] = [
  name,
  {
    name: 'Ready',
    cell: each =>
      `${statuses(each).filter(({ ready }) => ready === true).length}/${all(specOf(each).containers).length}`,
  },
  { name: 'Status', cell: podPhase },
  {
    name: 'Restarts',
    cell: each => count(statuses(each).reduce((sum, { restartCount }) => sum + wholeOf(restartCount), 0)),
  },
  age,
  { name: 'IP', wide: true, cell: each => orNone(textOf(statusOf(each).podIP)) },
  { name: 'Node', wide: true, cell: each => orNone(textOf(specOf(each).nodeName)) },
  { name: 'Nominated Node', wide: true, cell: () => '<none>' },
  { name: 'Readiness Gates', wide: true, cell: () => '<none>' },
]

/** What `kubectl get` prints of Deployments. */
export const deployment: readonly Column[] = [
  name,
  { name: 'Ready', cell: each => `${count(statusOf(each).readyReplicas)}/${count(specOf(each).replicas)}` },
  { name: 'Up-to-date', cell: each => count(statusOf(each).updatedReplicas) },
  { name: 'Available', cell: each => count(statusOf(each).availableReplicas) },
  age,
  ...workload,
]

/** What `kubectl get` prints of ReplicaSets. */
export const replicaSet: readonly Column[] = [
  name,
  { name: 'Desired', cell: each => count(specOf(each).replicas) },
  { name: 'Current', cell: each => count(statusOf(each).replicas) },
  { name: 'Ready', cell: each => count(statusOf(each).readyReplicas) },
  age,
  ...workload,
]

/** What `kubectl get` prints of StatefulSets. */
export const statefulSet: readonly Column[] = [
  name,
  { name: 'Ready', cell: each => `${count(statusOf(each).readyReplicas)}/${count(specOf(each).replicas)}` },
  age,
  ...workload.slice(0, 2),
]

const scaled = (raw: unknown) => {
  const { kind, name: of } = fieldsOf(raw)
  return `${textOf(kind)}/${textOf(of)}`
}

/** What `kubectl get` prints of HorizontalPodAutoscalers; nothing here measures, so what is used is never known. */
export const autoscaler: readonly Column[] = [
  name,
  { name: 'Reference', cell: each => scaled(specOf(each).scaleTargetRef) },
  { name: 'Targets', cell: () => '<unknown>' },
  { name: 'MinPods', cell: each => count(specOf(each).minReplicas) },
  { name: 'MaxPods', cell: each => count(specOf(each).maxReplicas) },
  { name: 'Replicas', cell: each => count(statusOf(each).currentReplicas) },
  age,
]

const share = (raw: unknown) => (raw === undefined ? 'N/A' : String(raw))

/** What `kubectl get` prints of PodDisruptionBudgets. */
export const budget: readonly Column[] = [
  name,
  { name: 'Min Available', cell: each => share(specOf(each).minAvailable) },
  { name: 'Max Unavailable', cell: each => share(specOf(each).maxUnavailable) },
  { name: 'Allowed Disruptions', cell: each => count(statusOf(each).disruptionsAllowed) },
  age,
]
