import 'server-only'
import type { Operation } from '@/lib/domain/model/operation'
import type { ReleaseId } from '@/lib/domain/model/release'
import type { StepEnd } from '@/lib/domain/operation/steps'
import { type Failure, fail } from '@/lib/domain/problem'
import type { StartChoice } from '@/lib/domain/start/choice'
import type { Beginning } from '@/lib/server/operation/task'

/** Work that is remembered. `stop` ends it before its next write; `over` resolves once every write of it has its answer. */
export type Held = {
  operation: Operation
  choice: StartChoice | undefined
  route: string | undefined
  stop: AbortController
  over: Promise<void>
}

/** Is this work on this release. */
export const isOf = (id: ReleaseId, { operation }: Pick<Held, 'operation'>): boolean =>
  operation.id.cluster === id.cluster &&
  operation.id.namespace === id.namespace &&
  operation.id.name === id.name

/** Work that has not ended, on this release or on this route. */
export const underWay = (all: readonly Held[], { id, route }: Pick<Beginning, 'id' | 'route'>): Held[] =>
  all.filter(
    held =>
      held.operation.state === 'running' && (isOf(id, held) || (route !== undefined && held.route === route)),
  )

/** Refuses work while there is other that it does not stop. Errors: `operation-running`. */
export function inTheWay(
  others: readonly Held[],
  { id, stops = [] }: Pick<Beginning, 'id' | 'stops'>,
): Failure | null {
  const other = others.find(held => !(isOf(id, held) && stops.includes(held.operation.kind)))
  if (!other) return null
  const { operation, id: at } = other.operation
  const title = `Halftone is at work on ${at.namespace}/${at.name}; nothing was begun`
  return fail('operation-running', title, { params: { operation, name: at.name } })
}

/** How a step ends whose work is stopped. */
export const STOPPED: StepEnd = {
  type: 'failed',
  ...fail('operation-stopped', 'It was stopped: somebody removes this release'),
}
