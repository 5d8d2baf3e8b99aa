import { setTimeout as sleep } from 'node:timers/promises'

const FASTEST_MS = 200
const SPREAD_MS = 600

/** Images on the node: the first pull of each takes a moment, and all who want it wait for that one. */
export class Images {
  readonly #pulls = new Map<string, Promise<void>>()

  /** Waits until an image is there. Units: returns the milliseconds it took, 0 when it was there already. */
  async pull(image: string, signal: AbortSignal): Promise<number> {
    const begun = this.#pulls.get(image)
    if (begun) {
      await begun
      signal.throwIfAborted()
      return 0
    }
    const tookMs = Math.round(FASTEST_MS + Math.random() * SPREAD_MS)
    const pull = sleep(tookMs)
    this.#pulls.set(image, pull)
    await pull
    signal.throwIfAborted()
    return tookMs
  }
}
