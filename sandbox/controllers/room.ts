/** The node's room for pods: when it is full, new ones wait. */
export class Room {
  #isFull = false
  #freed: (() => void)[] = []

  get isFull(): boolean {
    return this.#isFull
  }

  /** Fills the node, or makes room again. */
  set(isFull: boolean): void {
    this.#isFull = isFull
    if (!isFull) for (const wake of this.#freed.splice(0)) wake()
  }

  /** Waits until there is room. Errors: rejects when the wait is given up. */
  async wait(signal: AbortSignal): Promise<void> {
    while (this.#isFull) {
      await new Promise<void>((resolve, reject) => {
        this.#freed.push(resolve)
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      })
    }
    signal.throwIfAborted()
  }
}
