import 'server-only'
import type { Message } from '@/lib/server/hub'

/**
 * Units: milliseconds. A message leaves at once if none left within `PAUSE_MS`; samples of one release at most 4/s, but
 * those of another configuration do not wait.
 */
const PAUSE_MS = 25
const SAMPLES_PAUSE_MS = 250

/**
 * Holds one browser's messages back just long enough that only the latest of each key is sent.
 *
 * Samples go before the release they are of: a browser must never read the old ones as those of what is configured now.
 * Limits: memory is bounded by the number of keys; messages of one turn of the event loop leave together.
 */
export class Outbox {
  #write: (messages: Message[]) => void
  #waiting = new Map<string, Message>()
  #samplesLeft = new Map<string, { atMs: number; since: string | undefined }>()
  #leftMs = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | undefined
  #timerMs = Number.POSITIVE_INFINITY
  #turn = false
  #isClosed = false

  constructor(write: (messages: Message[]) => void) {
    this.#write = write
  }

  /** Notes that these have been sent some other way, as part of a snapshot. */
  noteSent(message: Message): void {
    if (isSamples(message)) this.#noteLeft(message, performance.now())
  }

  push(message: Message): void {
    this.#waiting.set(message.key, message)
    if (this.#turn || this.#isClosed) return
    this.#turn = true
    queueMicrotask(() => {
      this.#turn = false
      this.#flush()
    })
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#waiting.clear()
  }

  #noteLeft({ key, since }: Message, atMs: number): void {
    this.#samplesLeft.set(key, { atMs, since })
  }

  #dueMs(message: Message): number {
    const left = isSamples(message) ? this.#samplesLeft.get(message.key) : undefined
    const isAnother = left !== undefined && left.since !== message.since
    const samplesMs = left && !isAnother ? left.atMs + SAMPLES_PAUSE_MS : Number.NEGATIVE_INFINITY
    return Math.max(this.#leftMs + PAUSE_MS, samplesMs)
  }

  #flush(): void {
    if (this.#isClosed) return
    const nowMs = performance.now()
    const due = [...this.#waiting.values()].filter(message => this.#dueMs(message) <= nowMs)
    const ready = [...due.filter(isSamples), ...due.filter(message => !isSamples(message))]
    for (const message of ready) {
      this.#waiting.delete(message.key)
      if (isSamples(message)) this.#noteLeft(message, nowMs)
    }
    if (ready.length) {
      this.#leftMs = nowMs
      this.#write(ready)
    }
    this.#setTimer(nowMs)
  }

  #setTimer(nowMs: number): void {
    const next = Math.min(...[...this.#waiting.values()].map(message => this.#dueMs(message)))
    if (!Number.isFinite(next) || (this.#timer && this.#timerMs <= next)) return
    clearTimeout(this.#timer)
    this.#timerMs = next
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined
        this.#flush()
      },
      Math.max(1, next - nowMs),
    )
  }
}

const isSamples = (message: Message) => message.key.startsWith('samples/')
