import 'server-only'

/** Ends one call after a while or with its caller. `AbortSignal.any` would leave a trace at the caller's signal each time. */
export class Deadline {
  #abort = new AbortController()
  #caller: AbortSignal | undefined
  #timer: NodeJS.Timeout
  isOver = false

  constructor(limitMs: number, caller: AbortSignal | undefined) {
    this.#caller = caller
    this.#timer = setTimeout(() => {
      this.isOver = true
      this.#abort.abort()
    }, limitMs)
    if (caller?.aborted) this.#abort.abort()
    caller?.addEventListener('abort', this.#leave)
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  /** What was to come in time has come; the caller may still end it. */
  met(): void {
    clearTimeout(this.#timer)
  }

  end(): void {
    this.met()
    this.#caller?.removeEventListener('abort', this.#leave)
  }

  #leave = () => this.#abort.abort()
}

/** The outcome of some work, or the end of `signal` before it: a request is deaf to that while its connection is being made. */
export function sooner<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason)
    if (signal.aborted) leave()
    signal.addEventListener('abort', leave, { once: true })
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
  })
}
