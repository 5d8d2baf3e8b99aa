import { createHash } from 'node:crypto'
import { fieldsOf, textOf, wholeOf } from '@/lib/domain/raw'
import type { Fields, KubeObject } from '../api/object'
import { SAFE_LETTERS } from '../api/random-suffix'

/** What a Deployment asks for, read once. Units: counts of pods; seconds. */
export type DeploymentView = {
  object: KubeObject
  replicas: number
  isPaused: boolean
  recreates: boolean
  maxSurge: number
  maxUnavailable: number
  minReadySeconds: number
  historyLimit: number
  deadlineSeconds: number
  template: Fields
  hash: string
}

function countOf(raw: unknown, replicas: number, round: (count: number) => number): number {
  if (typeof raw === 'number') return raw
  const percent = /^(\d+)%$/.exec(textOf(raw))
  return percent ? round((replicas * Number(percent[1])) / 100) : 0
}

/** JSON with its keys in order, so that equal templates have equal texts. */
function ordered(raw: unknown): string {
  return JSON.stringify(raw, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}

/** What tells one pod template from another. */
export const hashOf = (template: Fields): string =>
  [...createHash('sha256').update(ordered(template)).digest().subarray(0, 10)]
    .map(byte => SAFE_LETTERS[byte % SAFE_LETTERS.length])
    .join('')

/** Reads a Deployment. Source: Kubernetes 1.34, deployment_util.go ResolveFenceposts (surge rounds up, unavailable down, never both 0). */
export function deploymentView(object: KubeObject): DeploymentView {
  const spec = fieldsOf(object.spec)
  const replicas = wholeOf(spec.replicas, 1)
  const { type, rollingUpdate } = fieldsOf(spec.strategy)
  const { maxSurge, maxUnavailable } = fieldsOf(rollingUpdate)
  const surge = countOf(maxSurge, replicas, Math.ceil)
  const unavailable = countOf(maxUnavailable, replicas, Math.floor)
  const template = fieldsOf(spec.template)
  return {
    object,
    replicas,
    isPaused: spec.paused === true,
    recreates: type === 'Recreate',
    maxSurge: surge,
    maxUnavailable: surge === 0 && unavailable === 0 ? 1 : Math.min(unavailable, replicas),
    minReadySeconds: wholeOf(spec.minReadySeconds),
    historyLimit: wholeOf(spec.revisionHistoryLimit, 10),
    deadlineSeconds: wholeOf(spec.progressDeadlineSeconds, 600),
    template,
    hash: hashOf(template),
  }
}

/** Number of pods a ReplicaSet is told to keep. */
export const wantedOf = ({ spec }: KubeObject): number => wholeOf(fieldsOf(spec).replicas)

/** Number of its pods that are available. */
export const availableOf = ({ status }: KubeObject): number => wholeOf(fieldsOf(status).availableReplicas)

/** A sum over ReplicaSets. */
export const sumOf = (sets: readonly KubeObject[], count: (set: KubeObject) => number): number =>
  sets.reduce((sum, set) => sum + count(set), 0)
