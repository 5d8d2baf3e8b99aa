import 'server-only'
import type { Message } from '@/lib/server/hub'

/** Units: milliseconds. A message leaves at once if none left within `PAUSE_MS`; samples of one release at most 4/s. */
const PAUSE_MS = 25
const SAMPLES_PAUSE_MS = 250

/**
 * Holds one browser's messages back just long enough that only the latest of each key is sent.
 *
 * Limits: memory is bounded by the number of keys; messages of one turn of the event loop leave together.
 */
export class Outbox {
  #write: (messages: Message[]) => void
  #waiting = new Map<string, Message>()
  #samplesLeftMs = new Map<string, number>()
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
    if (isSamples(message)) this.#samplesLeftMs.set(message.key, performance.now())
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

  #dueMs(message: Message): number {
    const samplesMs = (this.#samplesLeftMs.get(message.key) ?? Number.NEGATIVE_INFINITY) + SAMPLES_PAUSE_MS
    return isSamples(message) ? Math.max(this.#leftMs + PAUSE_MS, samplesMs) : this.#leftMs + PAUSE_MS
  }

  #flush(): void {
    if (this.#isClosed) return
    const nowMs = performance.now()
    const ready = [...this.#waiting.values()].filter(message => this.#dueMs(message) <= nowMs)
    for (const message of ready) {
      this.#waiting.delete(message.key)
      if (isSamples(message)) this.#samplesLeftMs.set(message.key, nowMs)
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
