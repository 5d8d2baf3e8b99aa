import 'server-only'
import { setTimeout as wait } from 'node:timers/promises'
import { backOffMs } from '@/lib/server/kubernetes/back-off'
import type { Connection } from '@/lib/server/kubernetes/connection'
import { type Kind, pathOf } from '@/lib/server/kubernetes/kind'
import { type Page, readList } from '@/lib/server/kubernetes/list'
import type { Liveness } from '@/lib/server/kubernetes/liveness'
import type { Outcome, Refusal } from '@/lib/server/kubernetes/refusal'
import { keyOf, type Store, type Stored } from '@/lib/server/kubernetes/store'
import { isEarlier, isLater } from '@/lib/server/kubernetes/version'
import { followWatch, SILENT, type WatchEvent } from '@/lib/server/kubernetes/watch'

export type ListWatchOptions<T extends Stored> = {
  kind: Kind<T>
  /** null: everywhere. */
  namespace: string | null
  connection: Connection
  store: Store<T>
  liveness: Liveness
  share: (text: string) => string
  idleMs: number
  /** How long to leave alone what the cluster does not let us read. */
  forbiddenMs?: number
  signal: AbortSignal
  /** A bug in our own code that must not end the loop. */
  report: (bug: unknown) => void
}

/**
 * A watch ends by itself well before its silence would count: of a kind in which nothing has happened since the API server
 * started nothing is ever told, not even a bookmark. Units: share of the idle limit; seconds.
 * Source: apiserver 1.34, cacher.go, dispatchEvents ("Never send a bookmark event if we did not see an event here").
 */
const WATCH_SHARE = [0.6, 0.8] as const
const SHORTEST_WATCH_SECONDS = 5
const BUSY_MS = 1_000
/** No server may silence us for longer. */
const LONGEST_BUSY_MS = 60_000
/** A watch that lives shorter counts as a failure, so that one cut at once is not reopened in a hot loop. */
const SHORT_LIFE_MS = 1_000

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
  #path: string
  #reader: string
  /** Where the watch goes on; null: list first. */
  #from: string | null = null
  #latest = '0'
  #olderLists = 0
  #failures = 0

  constructor(options: ListWatchOptions<T>) {
    this.#options = options
    this.#path = pathOf(options.kind, options.namespace)
    this.#reader =
      options.namespace === null ? options.kind.name : `${options.namespace}/${options.kind.name}`
    options.liveness.add(this.#reader)
  }

  /** One list if needed and one watch, or the rest after a failure. */
  async turn(): Promise<void> {
    const { liveness, signal } = this.#options
    await liveness.pass()
    if (signal.aborted) return
    const lost = AbortSignal.any([signal, liveness.lost])
    if (this.#from === null) {
      const listed = await this.#list(lost)
      if (!listed.ok) return this.#failed(listed)
      this.#from = listed.value.version
      liveness.synced(this.#reader)
    }
    const startedMs = performance.now()
    const ended = await this.#watch(this.#from, lost)
    liveness.down(this.#reader, { isSilent: !ended.ok && ended.status === SILENT })
    const isShort = performance.now() - startedMs < SHORT_LIFE_MS
    if (!isShort) this.#failures = 0
    if (!ended.ok) return this.#failed(ended)
    if (isShort) {
      this.#failures += 1
      await this.rest(backOffMs(this.#failures, Math.random()))
    }
  }

  /** Waits, unless stopped meanwhile. */
  async rest(ms: number): Promise<void> {
    await wait(ms, undefined, { signal: this.#options.signal }).catch(() => undefined)
  }

  async #failed({ status, retryAfterMs }: Refusal): Promise<void> {
    const { liveness, forbiddenMs = 30_000, signal } = this.#options
    if (signal.aborted) return
    if (status === 410 || status === SILENT) this.#from = null
    if (status === 401 || status === 403 || status === 404) {
      liveness.unreadable(this.#reader, UNREADABLE[status])
      this.#from = null
      return this.rest(status === 401 ? forbiddenMs / 6 : forbiddenMs)
    }
    if (status === 429) return this.rest(Math.min(retryAfterMs ?? BUSY_MS, LONGEST_BUSY_MS))
    if (status === 0 || status >= 500) liveness.failed()
    // The first 410 or silence is answered at once; after that, and after any other failure, more and more slowly.
    await this.rest(
      retryAfterMs ?? backOffMs(status === 410 || status === SILENT ? this.#failures : this.#failures + 1, 1),
    )
    this.#failures += 1
  }

  async #list(signal: AbortSignal): Promise<Outcome<{ version: string }>> {
    const { connection, store, namespace } = this.#options
    const named = new Set<string>()
    let isFirst = true
    const take = (page: Page<T>) => {
      if (isFirst && !this.#accepts(page.version)) return false
      isFirst = false
      for (const object of page.objects) {
        this.#guarded(() => store.put(object))
        named.add(keyOf(object))
      }
      return true
    }
    const parse = (raw: unknown) => this.#parse(raw)
    const listed = await readList({ connection, path: this.#path, signal, parse, take })
    if (!listed.ok) return listed
    store.keepOnly(named, namespace, listed.value.version)
    this.#see(listed.value.version)
    return listed
  }

  /** An older list than seen is a lagging server the first time; the second time the cluster was restored. */
  #accepts(version: string): boolean {
    if (!isEarlier(version, this.#latest)) {
      this.#olderLists = 0
      return true
    }
    this.#olderLists += 1
    if (this.#olderLists < 2) return false
    this.#options.store.forget(this.#options.namespace)
    this.#olderLists = 0
    this.#latest = version
    return true
  }

  #watch(from: string, signal: AbortSignal): Promise<Outcome<null>> {
    const { connection, liveness, idleMs } = this.#options
    const [least, most] = WATCH_SHARE
    const seconds = Math.round(((least + Math.random() * (most - least)) * idleMs) / 1_000)
    return followWatch({
      connection,
      path: this.#path,
      from,
      seconds: Math.max(SHORTEST_WATCH_SECONDS, seconds),
      idleMs,
      signal,
      opened: () => liveness.up(this.#reader, false),
      alive: () => liveness.up(this.#reader, true),
      take: event => this.#take(event),
    })
  }

  #take(event: WatchEvent): void {
    const { store } = this.#options
    const object = event.type === 'bookmark' ? null : this.#parse(event.raw)
    this.#guarded(() => {
      if (object && event.type === 'present') store.put(object)
      if (object && event.type === 'deleted') store.remove(object, event.version)
    })
    this.#see(event.version)
  }

  #see(version: string): void {
    this.#from = version
    if (isLater(version, this.#latest)) this.#latest = version
  }

  #parse(raw: unknown): T | null {
    let object: T | null = null
    this.#guarded(() => {
      object = this.#options.kind.parse(raw, this.#options.share)
    })
    return object
  }

  /** One object that our code cannot take must not hide the others. */
  #guarded(act: () => void): void {
    try {
      act()
    } catch (bug) {
      this.#options.report(bug)
    }
  }
}

const UNREADABLE = { 401: 'unauthorized', 403: 'forbidden', 404: 'missing' } as const
