import { fieldsOf, itemsOf, wholeOf } from '@/lib/domain/raw'
import type { Fields, KubeObject } from '../api/object'
import { type Condition, conditionOf } from './cluster'
import { availableOf, type DeploymentView, sumOf } from './deployment-view'

const count = (field: string) => (set: KubeObject) => wholeOf(fieldsOf(set.status)[field])

const withoutZeros = (counts: Readonly<Record<string, number>>): Fields =>
  Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== 0))

/** Source: Kubernetes 1.34, deployment_controller.go checkPausedConditions. */
const PAUSED: Condition = {
  type: 'Progressing',
  status: 'Unknown',
  reason: 'DeploymentPaused',
  message: 'Deployment is paused',
}

function progress(view: DeploymentView, newest: KubeObject, counts: Fields, nowMs: number): Condition {
  const before = fieldsOf(view.object.status)
  const old = fieldsOf(itemsOf(before.conditions).find(each => fieldsOf(each).type === 'Progressing'))
  const name = newest.metadata.name
  const isDone =
    wholeOf(counts.updatedReplicas) === view.replicas &&
    wholeOf(counts.replicas) === view.replicas &&
    wholeOf(counts.availableReplicas) === view.replicas
  if (isDone) {
    const message = `ReplicaSet "${name}" has successfully progressed.`
    return { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable', message }
  }
  const fields = ['replicas', 'updatedReplicas', 'readyReplicas', 'availableReplicas', 'observedGeneration']
  const moved = fields.some(field => wholeOf(counts[field]) !== wholeOf(before[field]))
  const sinceMs = moved ? nowMs : Date.parse(String(old.lastUpdateTime ?? '')) || nowMs
  if (nowMs - sinceMs >= view.deadlineSeconds * 1000) {
    const message = `ReplicaSet "${name}" has timed out progressing.`
    return { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message }
  }
  const message = `ReplicaSet "${name}" is progressing.`
  return {
    type: 'Progressing',
    status: 'True',
    reason: 'ReplicaSetUpdated',
    message,
    ...(!moved && { lastUpdateTime: old.lastUpdateTime }),
  }
}

/** The status of a Deployment, from its ReplicaSets. Source: Kubernetes 1.34, deployment/sync.go, progress.go. */
export function deploymentStatus(
  view: DeploymentView,
  newest: KubeObject | undefined,
  old: readonly KubeObject[],
  now: { ms: number; iso: string },
): Fields {
  const sets = newest ? [newest, ...old] : old
  const available = sumOf(sets, availableOf)
  const counts = withoutZeros({
    replicas: sumOf(sets, count('replicas')),
    updatedReplicas: newest ? count('replicas')(newest) : 0,
    readyReplicas: sumOf(sets, count('readyReplicas')),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, Math.max(view.replicas, sumOf(sets, count('replicas'))) - available),
    observedGeneration: view.object.metadata.generation ?? 0,
  })
  const before = itemsOf(fieldsOf(view.object.status).conditions)
  const isAvailable = available >= view.replicas - view.maxUnavailable
  const availability: Condition = isAvailable
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      }
  const progressing = view.isPaused || !newest ? PAUSED : progress(view, newest, counts, now.ms)
  const wanted = [availability, progressing, ...failuresOf(sets)]
  return { ...counts, conditions: wanted.map(each => dated(before, each, now.iso)) }
}

/** Refusals of pods: those of the newest ReplicaSet before those of others. Source: Kubernetes 1.34, progress.go getReplicaFailures. */
function failuresOf(sets: readonly KubeObject[]): Condition[] {
  const found = sets.flatMap(set => itemsOf(fieldsOf(set.status).conditions).map(fieldsOf))
  return found
    .slice(0, 1)
    .map(({ reason, message }) => ({ type: 'ReplicaFailure', status: 'True', reason, message }))
}

/** A condition with its times; unchanged when it says the same as before. */
function dated(before: readonly unknown[], wanted: Condition, nowIso: string): Fields {
  const old = fieldsOf(before.find(each => fieldsOf(each).type === wanted.type))
  const isSame =
    old.status === wanted.status && old.reason === wanted.reason && old.message === wanted.message
  const lastUpdateTime =
    wanted.lastUpdateTime ?? (isSame && wanted.reason !== 'ReplicaSetUpdated' ? old.lastUpdateTime : nowIso)
  return conditionOf(before, { ...wanted, lastUpdateTime }, nowIso)
}
