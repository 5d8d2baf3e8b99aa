import 'server-only'
import { setImmediate as nextTurn } from 'node:timers/promises'

const SLICE_MS = 5

/**
 * Shares the event loop between readers: after 5 ms of work by all of them together everybody waits for the next turn.
 * Streams that have data at hand would otherwise go on from one microtask to the next and let nothing else happen.
 */
export class Turns {
  #usedMs = 0
  #next: Promise<void> | null = null

  /** Accounts for work just done; resolves when more may be done. */
  async used(ms: number): Promise<void> {
    this.#usedMs += ms
    while (this.#usedMs > SLICE_MS) {
      this.#next ??= this.#turn()
      await this.#next
    }
  }

  async #turn(): Promise<void> {
    await nextTurn()
    this.#usedMs = 0
    this.#next = null
  }
}

/** The turns of this process: there is one event loop. */
export const turns = new Turns()
