import 'server-only'
import { randomUUID } from 'node:crypto'
import type { Accepted, Frame } from '@/lib/contract'
import type { Operation } from '@/lib/domain/model/operation'
import type { ReleaseId } from '@/lib/domain/model/release'
import { advanced, begun, type StepEnd, type StepEvent } from '@/lib/domain/operation/steps'
import { fail, ok, type Params, type Result } from '@/lib/domain/problem'
import type { StartChoice } from '@/lib/domain/start/choice'
import { described, log } from '@/lib/server/log'
import { type Held, inTheWay, isOf, STOPPED, underWay } from '@/lib/server/operation/held'
import type { Beginning, Task } from '@/lib/server/operation/task'

export type OperationsDeps = {
  publish(frame: Frame): void
  /** Work on a release has begun or ended. */
  changed(id: ReleaseId): void
  /** How long one that has ended is kept. Units: milliseconds. */
  keepMs: number
}

/**
 * All work that goes on without whoever asked for it: at most one on a release and one start on a route.
 * Limits: kept in memory; what it made stands in the cluster, so a restart forgets the progress and nothing else.
 */
export class Operations {
  readonly #deps: OperationsDeps
  readonly #held = new Map<string, Held>()
  readonly #running = new Set<Promise<void>>()
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #stopping = new AbortController()

  constructor(deps: OperationsDeps) {
    this.#deps = deps
  }

  /** Errors: `operation-running` while there is work on the same release that this does not stop, or a start on the same route. */
  begin({ kind, id, tasks, route, choice, stops }: Beginning): Result<Accepted> {
    const others = underWay([...this.#held.values()], { id, route })
    const refused = inTheWay(others, { id, stops })
    if (refused) return refused
    if (this.#stopping.signal.aborted) return fail('cluster-unreachable', 'This Halftone is about to end')
    const operation = randomUUID()
    const steps = tasks.map(({ step, params = {} }) => ({ step, params }))
    const stop = new AbortController()
    for (const each of others) each.stop.abort()
    const over = Promise.all(others.map(each => each.over)).then(() =>
      this.#run(operation, tasks, stop.signal),
    )
    const begunNow = begun({ operation, kind, id, steps, at: now() })
    this.#held.set(operation, { operation: begunNow, choice, route, stop, over })
    this.#tell(operation)
    this.#deps.changed(id)
    this.#running.add(over)
    void over.finally(() => this.#running.delete(over))
    return ok({ id, operation })
  }

  /** Errors: `operation-lost`. */
  find(cluster: string, operation: string): Result<Operation> {
    const found = this.#held.get(operation)?.operation
    if (found?.id.cluster === cluster) return ok(found)
    return fail(
      'operation-lost',
      'There is no such operation: it has long ended, or Halftone was started anew',
    )
  }

  isAtWork(id: ReleaseId): boolean {
    return [...this.#held.values()].some(held => held.operation.state === 'running' && isOf(id, held))
  }

  /** The latest work on a release, and what it was made from; undefined where none is remembered. */
  latest(id: ReleaseId): { operation: Operation; choice: StartChoice | undefined } | undefined {
    return [...this.#held.values()].findLast(held => isOf(id, held))
  }

  /** Begins nothing any more; resolves once every write under way has its answer. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    for (const timer of this.#timers) clearTimeout(timer)
    await Promise.all(this.#running)
  }

  async #run(operation: string, tasks: readonly Task[], stop: AbortSignal): Promise<void> {
    for (const task of tasks) {
      const end = stop.aborted ? STOPPED : await this.#endOf(operation, task, stop)
      if (end === null) return
      this.#advance(operation, end)
      if (end.type === 'failed') break
    }
    const held = this.#held.get(operation)
    if (held) this.#deps.changed(held.operation.id)
    this.#forgetLater(operation)
  }

  /** How a step ended; null where the process ends first. */
  async #endOf(
    operation: string,
    { act, step, params: always = {} }: Task,
    stop: AbortSignal,
  ): Promise<StepEnd | null> {
    const { signal } = this.#stopping
    const note = (params: Params) =>
      this.#advance(operation, { type: 'noted', params: { ...always, ...params } })
    try {
      const end = await act({ note, signal: AbortSignal.any([signal, stop]) })
      if (signal.aborted) return null
      return end.type === 'done' ? { ...end, params: { ...always, ...end.params } } : end
    } catch (bug) {
      if (signal.aborted) return null
      if (stop.aborted) return STOPPED
      log('error', 'an operation failed', { operation, step, bug: described(bug) })
      return { type: 'failed', ...fail('internal', 'Something went wrong on our side; the log says what') }
    }
  }

  #advance(operation: string, event: StepEvent): void {
    const held = this.#held.get(operation)
    if (!held) return
    const after = advanced(held.operation, event, now())
    if (JSON.stringify(after) === JSON.stringify(held.operation)) return
    this.#held.set(operation, { ...held, operation: after })
    this.#tell(operation)
  }

  #tell(operation: string): void {
    const value = this.#held.get(operation)?.operation
    if (value) this.#deps.publish({ key: `operation/${value.id.cluster}/${operation}`, value })
  }

  #forgetLater(operation: string): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      const held = this.#held.get(operation)
      this.#held.delete(operation)
      if (held)
        this.#deps.publish({ key: `operation/${held.operation.id.cluster}/${operation}`, value: null })
    }, this.#deps.keepMs)
    timer.unref()
    this.#timers.add(timer)
  }
}

const now = () => new Date().toISOString()
