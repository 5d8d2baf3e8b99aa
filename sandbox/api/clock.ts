import { isoOf } from '@/lib/domain/iso'

/** The sandbox's own time, which the admin address can move. Timers of pods keep running in real time. */
export class Clock {
  #shiftMs = 0

  nowMs(): number {
    return Date.now() + this.#shiftMs
  }

  /** RFC 3339 in whole seconds, as Kubernetes writes times. */
  nowIso(): string {
    return isoOf(this.nowMs())
  }

  /** Moves the clock on (or back) by this much. */
  shift(byMs: number): void {
    this.#shiftMs += byMs
  }

  /** Sets the clock to a moment; from there it goes on as usual. */
  set(epochMs: number): void {
    this.#shiftMs = epochMs - Date.now()
  }
}
