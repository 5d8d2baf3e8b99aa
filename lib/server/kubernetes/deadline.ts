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

  end(): void {
    clearTimeout(this.#timer)
    this.#caller?.removeEventListener('abort', this.#leave)
  }

  #leave = () => this.#abort.abort()
}
