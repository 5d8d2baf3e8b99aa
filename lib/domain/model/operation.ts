import type { ReleaseId } from '@/lib/domain/model/release'
import type { CannotMeasure } from '@/lib/domain/model/samples'
import type { Params, Problem } from '@/lib/domain/problem'

/** What an operation does. remove: takes away what a start has made. image: a fixed build in the same release. */
export type OperationKind = 'start' | 'remove' | 'image'

/** The steps of operations, each named by what is true once it is done. Which of them, and in which order, is the kind's. */
export type StepName =
  | 'deployment'
  | 'service'
  | 'pods'
  | 'endpoints'
  | 'ingress'
  | 'reachable'
  | 'traffic'
  | 'parked'
  | 'image'
  | 'ingress-gone'
  | 'service-gone'
  | 'deployment-gone'

/**
 * Why a step was skipped: `params.why`. absent: there was nothing to take away; unreadable: the cluster does not let us read it;
 * not-parked: somebody sends requests to the canary already; not-proven: requests are sent only to what was shown to be reachable.
 */
export type SkipReason = CannotMeasure | 'absent' | 'unreadable' | 'not-parked' | 'not-proven'

/**
 * One step. `params`: what is to be said of it, e.g. of `pods`: ready, replicas, pod, reason, message.
 * skipped: not done and not needed, or not provable; `params.why` says which. Times are ISO 8601.
 */
export type Step = {
  step: StepName
  state: 'waiting' | 'running' | 'done' | 'skipped' | 'failed'
  at: string | null
  params: Params
}

/**
 * Work on one release that goes on without whoever asked for it. Exactly one step runs while `state` is running.
 * `problem`: why it failed; what is made by then stays.
 */
export type Operation = {
  operation: string
  kind: OperationKind
  id: ReleaseId
  state: 'running' | 'done' | 'failed'
  startedAt: string
  endedAt: string | null
  steps: Step[]
  problem: Problem | null
}
