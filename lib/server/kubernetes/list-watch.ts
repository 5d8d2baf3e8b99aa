import 'server-only'
import { setTimeout as wait } from 'node:timers/promises'
import { backOffMs } from '@/lib/server/kubernetes/back-off'
import { Copy, type CopyOptions } from '@/lib/server/kubernetes/copy'
import { pathOf } from '@/lib/server/kubernetes/kind'
import type { Liveness } from '@/lib/server/kubernetes/liveness'
import type { Outcome, Refusal } from '@/lib/server/kubernetes/refusal'
import type { Stored } from '@/lib/server/kubernetes/store'
import { followWatch, SILENT } from '@/lib/server/kubernetes/watch'

export type ListWatchOptions<T extends Stored> = CopyOptions<T> & {
  liveness: Liveness
  idleMs: number
  /** How long to leave alone, at most, what the cluster does not let us read. */
  forbiddenMs?: number
  signal: AbortSignal
}

/**
 * A watch ends by itself well before its silence would count: of a kind in which nothing has happened since the API server
 * started nothing is ever told, not even a bookmark. Units: share of the idle limit; seconds.
 * Source: apiserver 1.34, cacher.go, dispatchEvents ("Never send a bookmark event if we did not see an event here").
 */
const WATCH_SHARE = [0.6, 0.8] as const
const SHORTEST_WATCH_SECONDS = 5
/** A watch after silence is short: its end shows soon that it is heard. */
const PROVING_SECONDS = 4
/** A version that is too old is said so within milliseconds, but only after the answer has begun. */
const SETTLE_MS = 250
const LONG_OUTAGE_MS = 10_000
const BUSY_MS = 1_000
/** No server may silence us for longer. */
const LONGEST_BUSY_MS = 60_000
/** A watch that lives shorter counts as a failure, so that one cut at once is not reopened in a hot loop. */
const SHORT_LIFE_MS = 1_000
/** Rest after the first refusal, doubled with each further one. */
const REFUSED_MS = 1_000
const FORBIDDEN_MS = 15_000

/**
 * Keeps a store equal to one kind in the cluster until stopped: lists, watches, reconnects, lists again with missed
 * deletions when events were lost.
 */
export async function keepListed<T extends Stored>(options: ListWatchOptions<T>): Promise<void> {
  const loop = new Loop(options)
  while (!options.signal.aborted) {
    try {
      await loop.turn()
    } catch (bug) {
      if (options.signal.aborted) return
      options.report(bug)
      await loop.rest(BUSY_MS)
    }
  }
}

class Loop<T extends Stored> {
  #options: ListWatchOptions<T>
  #copy: Copy<T>
  #path: string
  #reader: string
  #isListed = false
  #isJustListed = false
  #failures = 0
  #refusals = 0

  constructor(options: ListWatchOptions<T>) {
    this.#options = options
    this.#copy = new Copy(options)
    this.#path = pathOf(options.kind, options.namespace)
    this.#reader =
      options.namespace === null ? options.kind.name : `${options.namespace}/${options.kind.name}`
    options.liveness.add(this.#reader, () => options.store.count(options.namespace))
  }

  /** One list where one is needed, else one watch; each waits for its turn after an outage. */
  async turn(): Promise<void> {
    const { liveness, signal } = this.#options
    const startedMs = performance.now()
    await liveness.pass()
    if (signal.aborted) return
    // Behind an API server that was long without its store, watches may tell late what a list tells at once.
    if (performance.now() - startedMs > LONG_OUTAGE_MS) this.#copy.doubt()
    const lost = AbortSignal.any([signal, liveness.lost])
    const from = this.#copy.from
    return from === null ? this.#list(lost) : this.#follow(from, lost)
  }

  /** Waits, unless stopped meanwhile. */
  async rest(ms: number): Promise<void> {
    await wait(ms, undefined, { signal: this.#options.signal }).catch(() => undefined)
  }

  async #list(signal: AbortSignal): Promise<void> {
    const listed = await this.#copy.list(this.#path, signal)
    if (!listed.ok) return this.#failed(listed)
    this.#isListed = true
    this.#isJustListed = true
    this.#options.liveness.synced(this.#reader)
  }

  async #follow(from: string, signal: AbortSignal): Promise<void> {
    const { liveness } = this.#options
    const startedMs = performance.now()
    const ended = await this.#watch(from, signal)
    // That the server ended it in time was heard, too.
    if (ended.ok) liveness.up(this.#reader, true)
    liveness.down(this.#reader, { isSilent: !ended.ok && ended.status === SILENT })
    const isShort = performance.now() - startedMs < SHORT_LIFE_MS
    if (!isShort) this.#failures = 0
    if (!ended.ok) return this.#failed(ended)
    if (isShort) {
      this.#failures += 1
      await this.rest(backOffMs(this.#failures, Math.random()))
    }
  }

  #watch(from: string, signal: AbortSignal): Promise<Outcome<null>> {
    const { connection, liveness, idleMs } = this.#options
    const [least, most] = WATCH_SHARE
    const lasting = Math.round(((least + Math.random() * (most - least)) * idleMs) / 1_000)
    const seconds = liveness.isDoubted(this.#reader)
      ? PROVING_SECONDS
      : Math.max(SHORTEST_WATCH_SECONDS, lasting)
    const settleMs = this.#isJustListed ? 0 : SETTLE_MS
    this.#isJustListed = false
    const up = (isProven: boolean) => {
      this.#refusals = 0
      liveness.up(this.#reader, isProven)
    }
    return followWatch({
      connection,
      path: this.#path,
      from,
      seconds,
      idleMs,
      settleMs,
      signal,
      opened: () => up(false),
      heard: () => up(true),
      take: event => this.#copy.take(event),
    })
  }

  async #failed(refusal: Refusal): Promise<void> {
    const { status, retryAfterMs } = refusal
    const { liveness, signal } = this.#options
    if (signal.aborted) return
    if (status === 410 || status === SILENT) this.#copy.doubt()
    if (status === 401 || status === 403 || status === 404) return this.#refused(status)
    if (status === 429) return this.rest(Math.min(retryAfterMs ?? BUSY_MS, LONGEST_BUSY_MS))
    if (status === 0 || status >= 500) liveness.failed()
    // The first 410 or silence is answered at once; after that, and after any other failure, more and more slowly.
    await this.rest(
      retryAfterMs ?? backOffMs(status === 410 || status === SILENT ? this.#failures : this.#failures + 1, 1),
    )
    this.#failures += 1
  }

  /** An API server that has just started refuses everybody for a moment: what could be read counts as refused the second time. */
  async #refused(status: keyof typeof UNREADABLE): Promise<void> {
    const { liveness, forbiddenMs = FORBIDDEN_MS } = this.#options
    this.#copy.doubt()
    this.#refusals += 1
    if (!this.#isListed || this.#refusals > 1) liveness.unreadable(this.#reader, UNREADABLE[status])
    const mostMs = status === 401 ? forbiddenMs / 3 : forbiddenMs
    await this.rest(Math.min(mostMs, REFUSED_MS * 2 ** Math.min(this.#refusals - 1, 10)))
  }
}

const UNREADABLE = { 401: 'unauthorized', 403: 'forbidden', 404: 'missing' } as const
