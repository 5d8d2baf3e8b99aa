import { setTimeout as pause } from 'node:timers/promises'
import { hear } from '@/tests/cluster/controller/hear'
import { COOKIE, HOST } from '@/tests/cluster/timing/release'

/** Who asks: everybody, or a tester with the cookie of the rule. */
export type Asker = 'everyone' | 'cookie'

/** One answer of the gateway. Units: milliseconds of the wall clock; `askedMs` is before the connection was opened. */
export type Seen = { asker: Asker; askedMs: number; heardMs: number; who: string }

const HEADERS: Readonly<Record<Asker, Record<string, string>>> = {
  everyone: { host: HOST },
  cookie: { host: HOST, cookie: `${COOKIE}=always` },
}
/** Each asks on a connection of its own each time, so that all workers of nginx are heard. */
const LOOPS: readonly Asker[] = ['everyone', 'everyone', 'everyone', 'cookie', 'cookie']
const BETWEEN_MS = 8
/** What a gateway answers that is not there. */
const NOBODY = { who: 'silence' }

/** Somebody who knows nothing of Halftone and asks the gateway all the time, past every client library. */
export class Witness {
  readonly #gatewayUrl: string
  readonly #stopping = new AbortController()
  readonly #loops: Promise<void>[]
  #seen: Seen[] = []

  constructor(gatewayUrl: string) {
    this.#gatewayUrl = gatewayUrl
    this.#loops = LOOPS.map(asker => this.#ask(asker))
  }

  async #ask(asker: Asker): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const askedMs = Date.now()
      const { who } = await hear(this.#gatewayUrl, HEADERS[asker]).catch(() => NOBODY)
      this.#seen.push({ asker, askedMs, heardMs: Date.now(), who })
      await pause(BETWEEN_MS)
    }
  }

  /** What this asker was answered to questions asked from then on. */
  since(ms: number, asker: Asker): Seen[] {
    return this.#seen.filter(each => each.asker === asker && each.askedMs > ms)
  }

  /** How many were answered, of all askers. */
  get count(): number {
    return this.#seen.length
  }

  /** Forgets what was asked before. */
  forget(ms: number): void {
    this.#seen = this.#seen.filter(each => each.askedMs >= ms)
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await Promise.all(this.#loops)
  }
}
