/** Longest wait before a failed piece of work is tried again. */
const RETRY_MS = 1000

/**
 * Works through keys, each at most once at a time however often it was asked for.
 * Errors: a key whose work throws is tried again; the loop goes on.
 */
export class Loop {
  readonly #work: (key: string) => void
  readonly #waiting = new Set<string>()
  readonly #timers = new Map<string, NodeJS.Timeout>()
  #isScheduled = false
  #isStopped = false

  constructor(work: (key: string) => void) {
    this.#work = work
  }

  /** Asks for a key to be worked on soon. */
  add(key: string): void {
    if (this.#isStopped) return
    this.#waiting.add(key)
    if (this.#isScheduled) return
    this.#isScheduled = true
    setImmediate(() => this.#run())
  }

  /** Asks for a key to be worked on after a while; a later call replaces an earlier one. */
  addAfter(key: string, delayMs: number): void {
    if (this.#isStopped) return
    clearTimeout(this.#timers.get(key))
    const timer = setTimeout(() => {
      this.#timers.delete(key)
      this.add(key)
    }, delayMs)
    this.#timers.set(key, timer)
  }

  /** Ends the loop; what was asked for is left. */
  stop(): void {
    this.#isStopped = true
    this.#waiting.clear()
    for (const timer of this.#timers.values()) clearTimeout(timer)
  }

  #run(): void {
    this.#isScheduled = false
    const keys = [...this.#waiting]
    this.#waiting.clear()
    for (const key of keys) {
      try {
        this.#work(key)
      } catch (error) {
        process.stderr.write(`sandbox: ${key}: ${error instanceof Error ? error.message : String(error)}\n`)
        this.addAfter(key, RETRY_MS)
      }
    }
  }
}
