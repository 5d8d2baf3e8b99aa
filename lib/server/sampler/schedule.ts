import 'server-only'
import { performance } from 'node:perf_hooks'
import type { Lane } from '@/lib/domain/model/samples'

/** Units: milliseconds. After standing still for this long the schedule goes on from now instead of catching up. */
const STALL_MS = 1000

/** Who asks: a lane, or the question whether a parked canary can be reached. */
export type Asker = Lane | 'reachability'

type Slot = { asker: Asker; everyMs: number; nextMs: number }

/** Says when each asker sends its next probe; never waits for an answer, so a slow one cannot thin out the rest. */
export class Schedule {
  readonly #send: (asker: Asker) => void
  #slots: Slot[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(send: (asker: Asker) => void) {
    this.#send = send
  }

  /** Sets who asks and at what pace; one that goes on at its pace keeps its beat. */
  set(askers: readonly { asker: Asker; everyMs: number }[]): void {
    const nowMs = performance.now()
    this.#slots = askers.map(({ asker, everyMs }) => {
      const before = this.#slots.find(each => each.asker === asker && each.everyMs === everyMs)
      return before ?? { asker, everyMs, nextMs: nowMs }
    })
    this.#wait()
  }

  stop(): void {
    this.#slots = []
    clearTimeout(this.#timer)
  }

  #wait(): void {
    clearTimeout(this.#timer)
    if (this.#slots.length === 0) return
    const nextMs = Math.min(...this.#slots.map(each => each.nextMs))
    this.#timer = setTimeout(() => this.#fire(), Math.max(0, nextMs - performance.now()))
  }

  #fire(): void {
    const nowMs = performance.now()
    for (const slot of this.#slots) {
      if (nowMs - slot.nextMs > STALL_MS) slot.nextMs = nowMs
      while (slot.nextMs <= nowMs) {
        slot.nextMs += slot.everyMs
        this.#send(slot.asker)
      }
    }
    this.#wait()
  }
}

/** Units: probes a second and at once: together at most 100 in any second. */
const RATE = 80
const BURST = 20

/** What one gateway is asked at most, however many releases are watched; by other figures, what somebody else is. */
export class Allowance {
  readonly #rate: number
  readonly #burst: number
  #left: number
  #atMs = Number.POSITIVE_INFINITY

  constructor(rate = RATE, burst = BURST) {
    this.#rate = rate
    this.#burst = burst
    this.#left = burst
  }

  /** Takes one probe's place, if there is one. Units: `nowMs` on a clock that never goes back. */
  take(nowMs: number): boolean {
    const passedMs = Math.max(0, nowMs - this.#atMs)
    this.#left = Math.min(this.#burst, this.#left + (passedMs / 1000) * this.#rate)
    this.#atMs = nowMs
    if (this.#left < 1) return false
    this.#left--
    return true
  }
}
