import 'server-only'
import type { ClusterState } from '@/lib/domain/model/cluster'
import type { WatchStatus } from '@/lib/domain/model/status'
import { backOffMs } from '@/lib/server/kubernetes/back-off'
import { Gate } from '@/lib/server/kubernetes/gate'

/** How one list-watch is doing. `down`: not connected; `doubted`: connected again after silence, nothing heard yet. */
type Contact = 'up' | 'down' | 'doubted'
type Reader = {
  contact: Contact
  sinceMs: number
  synced: boolean
  unreadable: string | null
  lists: number
  heardAtMs: number | null
  count: () => number
}

export type LivenessOptions = {
  /** Asks /readyz; true for any answer that is no server error. */
  probe: () => Promise<boolean>
  probeMs: number
  /** How long a watch may be away before what is shown counts as stale. */
  graceMs?: number
  /** Least time between two reconnections after a failure. */
  spacingMs?: number
  /** Kinds of which everything shown is made: once read and now refused, what is shown is no longer current. */
  vital?: readonly string[]
  changed: () => void
}

/**
 * Knows whether what was read of one cluster is still true, and holds back everybody while it does not answer.
 *
 * Stale: a watch away for more than 2 s, /readyz failed, a kind gone silent until it is heard again, or a vital kind that
 * may no longer be read.
 * After a failure only /readyz is asked, less and less often; once it answers, readers pass one after another.
 */
export class Liveness {
  #options: Required<LivenessOptions>
  #readers = new Map<string, Reader>()
  #gate: Gate
  #isContactLost = false
  #connectedAtMs: number | null = null
  #failures = 0
  #lost = new AbortController()
  #nextTryAtMs: number | null = null
  #timers = new Set<NodeJS.Timeout>()
  #probeTimer: NodeJS.Timeout | undefined
  #isStopped = false
  #state: ClusterState['state'] = 'stale'
  #since = new Date()

  constructor(options: LivenessOptions) {
    this.#options = { graceMs: 2_000, spacingMs: 260, vital: [], ...options }
    this.#gate = new Gate(this.#options.spacingMs)
  }

  start(): void {
    this.#probeIn(0)
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#probeTimer)
    for (const timer of this.#timers) clearTimeout(timer)
    this.#lost.abort()
    this.#gate.stop()
  }

  /** Aborted when contact is lost: whatever is open now cannot be trusted any more. */
  get lost(): AbortSignal {
    return this.#lost.signal
  }

  /** Resolves when the cluster is believed to answer and it is this reader's turn. */
  pass(): Promise<void> {
    return this.#gate.pass()
  }

  /** A request failed without an answer, or with a server's error. */
  failed(): void {
    if (!this.#gate.isOpen || this.#isStopped) return
    this.#gate.close()
    this.#failures += 1
    this.#probeIn(backOffMs(this.#failures, Math.random()))
  }

  /** A reader joins; `count` tells how many objects it holds. */
  add(reader: string, count: () => number = () => 0): void {
    this.#readers.set(reader, {
      contact: 'down',
      sinceMs: performance.now(),
      synced: false,
      unreadable: null,
      lists: 0,
      heardAtMs: null,
      count,
    })
  }

  /** A reader is connected; `isProven` when it has also been heard. */
  up(reader: string, isProven: boolean): void {
    const before = this.#readers.get(reader)
    if (before) before.heardAtMs = Date.now()
    if (!before || before.contact === 'up') return
    const contact = before.contact === 'doubted' && !isProven ? 'doubted' : 'up'
    this.#set(reader, { contact, unreadable: null })
  }

  down(reader: string, { isSilent = false }: { isSilent?: boolean } = {}): void {
    const before = this.#readers.get(reader)
    if (!before || this.#isStopped) return
    if (isSilent || before.contact === 'doubted') {
      this.#set(reader, { contact: 'doubted' })
    } else if (before.contact === 'up') {
      this.#set(reader, { contact: 'down', sinceMs: performance.now() })
      this.#later(this.#options.graceMs + 1, () => this.#judge())
    }
  }

  /** Has this reader gone silent, and not been heard since? */
  isDoubted(reader: string): boolean {
    return this.#readers.get(reader)?.contact === 'doubted'
  }

  /** A reader has read its whole list. */
  synced(reader: string): void {
    const lists = (this.#readers.get(reader)?.lists ?? 0) + 1
    this.#set(reader, { synced: true, lists, heardAtMs: Date.now() })
  }

  /** The cluster does not let us read this kind; `why` is one word. */
  unreadable(reader: string, why: string): void {
    this.#set(reader, { unreadable: why })
  }

  /** Has everything of this kind been read once, as far as it may be read? */
  isSettled(kind: string): boolean {
    const readers = this.#of(kind)
    return readers.length > 0 && readers.every(each => each.synced || each.unreadable !== null)
  }

  /** May anything of this kind be read, as far as is known? */
  isReadable(kind: string): boolean {
    const readers = this.#of(kind)
    return readers.length === 0 || readers.some(each => each.unreadable === null)
  }

  #of(kind: string): Reader[] {
    return [...this.#readers].flatMap(([name, reader]) =>
      name === kind || name.endsWith(`/${kind}`) ? [reader] : [],
    )
  }

  state(): Pick<ClusterState, 'state' | 'since' | 'nextTryAt' | 'unreadable'> {
    const readers = [...this.#readers]
    return {
      state: this.#state,
      since: this.#since.toISOString(),
      nextTryAt: isoOf(this.#nextTryAtMs),
      unreadable: readers.flatMap(([kind, { unreadable: why }]) => (why === null ? [] : [{ kind, why }])),
    }
  }

  /** Since when the API server has answered without fail; null while it does not. */
  get connectedAt(): string | null {
    return isoOf(this.#gate.isOpen ? this.#connectedAtMs : null)
  }

  /** How each reader is doing. */
  watches(): WatchStatus[] {
    return [...this.#readers].map(([name, { contact, unreadable, lists, heardAtMs, count }]) => {
      const [kind = '', namespace = null] = name.split('/').reverse()
      return {
        kind,
        namespace,
        state: unreadable === null ? contact : 'unreadable',
        objects: count(),
        relists: Math.max(0, lists - 1),
        lastByteAt: isoOf(heardAtMs),
      }
    })
  }

  #set(reader: string, change: Partial<Reader>): void {
    const before = this.#readers.get(reader)
    if (!before) return
    const after = { ...before, ...change }
    this.#readers.set(reader, after)
    this.#judge(before.unreadable !== after.unreadable)
  }

  #judge(isChanged = false): void {
    const state = this.#stateNow()
    if (state !== this.#state) {
      this.#state = state
      this.#since = new Date()
    } else if (!isChanged) return
    this.#options.changed()
  }

  #stateNow(): ClusterState['state'] {
    const readers = [...this.#readers.values()]
    const readable = readers.filter(each => each.unreadable === null)
    if (readable.length === 0) return readers.some(each => each.synced) ? 'stale' : 'unreachable'
    if (!readable.every(each => each.synced)) return this.#isContactLost ? 'unreachable' : 'stale'
    const nowMs = performance.now()
    const isAway = ({ contact, sinceMs }: Reader) =>
      contact === 'doubted' || (contact === 'down' && nowMs - sinceMs > this.#options.graceMs)
    const isWithdrawn = ({ synced, unreadable }: Reader) => synced && unreadable !== null
    const isBlind = this.#options.vital.some(kind => this.#of(kind).some(isWithdrawn))
    return this.#isContactLost || isBlind || readable.some(isAway) ? 'stale' : 'live'
  }

  #probeIn(ms: number): void {
    clearTimeout(this.#probeTimer)
    this.#nextTryAtMs = this.#gate.isOpen ? null : Date.now() + ms
    this.#probeTimer = setTimeout(() => void this.#probe(), ms)
  }

  async #probe(): Promise<void> {
    const answered = await this.#options.probe()
    if (this.#isStopped) return
    if (answered) this.#answered()
    else this.#unanswered()
    this.#judge(!answered)
  }

  #answered(): void {
    // Back-off ends only when the gate was already open: a server that answers /readyz alone is not back.
    if (this.#gate.isOpen) this.#failures = 0
    this.#isContactLost = false
    if (!this.#gate.isOpen) this.#connectedAtMs = Date.now()
    this.#gate.open()
    this.#probeIn(this.#options.probeMs)
  }

  #unanswered(): void {
    this.#gate.close()
    this.#isContactLost = true
    this.#failures += 1
    this.#lost.abort()
    this.#lost = new AbortController()
    // No grace for them: what they have counts as stale until each is connected again.
    for (const [name, reader] of this.#readers) {
      const contact = reader.contact === 'doubted' ? 'doubted' : 'down'
      this.#readers.set(name, { ...reader, contact, sinceMs: Number.NEGATIVE_INFINITY })
    }
    this.#probeIn(backOffMs(this.#failures, Math.random()))
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      act()
    }, ms)
    this.#timers.add(timer)
  }
}

const isoOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())
