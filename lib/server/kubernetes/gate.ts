import 'server-only'

/**
 * Holds back readers while a cluster does not answer, and lets them through one after another when it does again.
 * Limits: before the first closing nobody is spaced; after it at most one passes every `spacingMs`.
 */
export class Gate {
  #spacingMs: number
  #waiting: (() => void)[] = []
  #isOpen = false
  #isSpaced = false
  #isStopped = false
  #lastPassMs = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | undefined

  constructor(spacingMs: number) {
    this.#spacingMs = spacingMs
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Resolves when it is the caller's turn; at once after `stop()`. */
  pass(): Promise<void> {
    return new Promise(resolve => {
      this.#waiting.push(resolve)
      this.#letPass()
    })
  }

  open(): void {
    this.#isOpen = true
    this.#letPass()
  }

  close(): void {
    this.#isOpen = false
    this.#isSpaced = true
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
    for (const resolve of this.#waiting.splice(0)) resolve()
  }

  #letPass(): void {
    if (this.#isStopped) {
      for (const resolve of this.#waiting.splice(0)) resolve()
      return
    }
    clearTimeout(this.#timer)
    while (this.#isOpen && this.#waiting.length > 0) {
      const waitMs = this.#isSpaced ? this.#lastPassMs + this.#spacingMs - performance.now() : 0
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.#letPass(), waitMs)
        return
      }
      this.#lastPassMs = performance.now()
      this.#waiting.shift()?.()
    }
  }
}
