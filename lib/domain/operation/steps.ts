import type { Operation, OperationKind, SkipReason, Step, StepName } from '@/lib/domain/model/operation'
import type { Params, Problem } from '@/lib/domain/problem'

/** What became of the step that runs. noted: it goes on, and this is to be said of it. */
export type StepEvent =
  | { type: 'noted'; params: Params }
  | { type: 'done'; params?: Params }
  | { type: 'skipped'; why: SkipReason }
  | { type: 'failed'; problem: Problem }

/** How a step ends. */
export type StepEnd = Exclude<StepEvent, { type: 'noted' }>

const STEPS: Readonly<Record<OperationKind, readonly StepName[]>> = {
  start: ['deployment', 'service', 'pods', 'endpoints', 'ingress', 'reachable', 'traffic'],
  remove: ['ingress-gone', 'service-gone', 'deployment-gone'],
  image: ['parked', 'image', 'pods', 'reachable'],
}

/** The steps of an operation in their order; a start that stays parked has nothing to write after it was proven. */
export const stepsOf = (kind: OperationKind, { staysParked = false } = {}): StepName[] =>
  STEPS[kind].filter(step => step !== 'traffic' || !staysParked)

type Beginning = Pick<Operation, 'operation' | 'kind' | 'id'> & {
  steps: readonly Pick<Step, 'step' | 'params'>[]
  at: string
}

/** An operation whose first step runs. Units: `at` is ISO 8601. */
export function begun({ at, steps, ...what }: Beginning): Operation {
  const waiting = steps.map((each): Step => ({ ...each, state: 'waiting', at: null }))
  return withNext(
    { ...what, state: 'running', startedAt: at, endedAt: null, steps: waiting, problem: null },
    at,
  )
}

/**
 * The operation after an event of the step that runs: the next step begins, or all of it ends. One that has ended stays
 * as it is. Units: `at` is ISO 8601.
 */
export function advanced(operation: Operation, event: StepEvent, at: string): Operation {
  const index = operation.steps.findIndex(({ state }) => state === 'running')
  const running = operation.steps[index]
  if (!running || operation.state !== 'running') return operation
  const steps = operation.steps.with(index, after(running, event, at))
  if (event.type === 'noted') return { ...operation, steps }
  if (event.type === 'failed') {
    return { ...operation, steps, state: 'failed', endedAt: at, problem: event.problem }
  }
  return withNext({ ...operation, steps }, at)
}

function after(step: Step, event: StepEvent, at: string): Step {
  if (event.type === 'noted') return { ...step, params: event.params }
  if (event.type === 'skipped') return { ...step, state: 'skipped', at, params: { why: event.why } }
  if (event.type === 'failed') return { ...step, state: 'failed', at }
  return { ...step, state: 'done', at, params: event.params ?? step.params }
}

function withNext(operation: Operation, at: string): Operation {
  const index = operation.steps.findIndex(({ state }) => state === 'waiting')
  const next = operation.steps[index]
  if (!next) return { ...operation, state: 'done', endedAt: at }
  return { ...operation, steps: operation.steps.with(index, { ...next, state: 'running', at }) }
}
