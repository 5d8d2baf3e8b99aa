import type { Speech } from '@/components/shell/language-context'
import type { Operation, Step } from '@/lib/domain/model/operation'
import type { Params } from '@/lib/domain/problem'

/** A parameter as it is written on screen; "" where there is none. */
export function written(params: Params, name: string, { format }: Speech): string {
  const value = params[name] ?? ''
  return typeof value === 'number' ? format.number(value) : String(value)
}

/** A step in one sentence: what is true once it is done, what is being done, or that it was not done. */
export function stepTitle({ step, state, params }: Step, speech: Speech): string {
  const of = (name: string) => written(params, name, speech)
  const facts = {
    ...{ name: of('name'), image: of('image'), ready: of('ready'), replicas: of('replicas') },
    // A step that has not begun promises; only what is done can lack its proof.
    isProven: state !== 'done' || (params.inEffect ?? null) !== null,
    isWritten: params.isWritten !== false,
  }
  return speech.say.operation.step[step](facts, state)
}

/** Why a step was skipped, or has to wait, in words; "" where nothing tells. */
export function whyNot({ params }: Step, { say }: Speech): string {
  const why = String(params.why ?? '')
  const { skipped, delayed } = say.operation
  const known: Readonly<Record<string, string>> = { ...say.shared.cannotMeasure, ...skipped, ...delayed }
  return known[why] ?? why
}

/** The step that runs, or at which the work stopped, with its number; undefined where all is done. */
export function presentStep({ steps }: Operation): { step: Step; number: number } | undefined {
  const index = steps.findIndex(each => each.state === 'running' || each.state === 'failed')
  const step = steps[index]
  return step && { step, number: index + 1 }
}

/** Work in one line: "Step 2 of 6: 1 of 3 pods ready". */
export function operationLine(operation: Operation, speech: Speech): string {
  const { head, at } = speech.say.operation
  const present = presentStep(operation)
  const title = head[operation.kind][operation.state](operation.id.name)
  return present ? at(present.number, operation.steps.length, stepTitle(present.step, speech)) : title
}
