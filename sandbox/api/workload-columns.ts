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
