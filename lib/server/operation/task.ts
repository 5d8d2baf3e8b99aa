import 'server-only'
import type { OperationKind, StepName } from '@/lib/domain/model/operation'
import type { ReleaseId } from '@/lib/domain/model/release'
import type { StepEnd } from '@/lib/domain/operation/steps'
import type { Params } from '@/lib/domain/problem'
import type { StartChoice } from '@/lib/domain/start/choice'

/** What a step is given to work with: a way to say how it goes, and its end from outside. */
export type StepContext = { note(params: Params): void; signal: AbortSignal }
/** One step and the work it is; `params` are said of it from the beginning. No write may begin once `signal` is aborted. */
export type Task = { step: StepName; params?: Params; act(context: StepContext): Promise<StepEnd> }

/** Work that is to begin. `route`: no other start may be under way on the same. `choice`: what a start that fails before it has made anything is tried again from. `stops`: work on the same release that ends for this. */
export type Beginning = {
  kind: OperationKind
  id: ReleaseId
  tasks: readonly Task[]
  route?: string | undefined
  choice?: StartChoice
  stops?: readonly OperationKind[] | undefined
}
