import 'server-only'
import { performance } from 'node:perf_hooks'
import type { Lexicon } from '@/lib/domain/recognise'
import { log } from '@/lib/server/log'
import type { InOrder } from '@/lib/server/sampler/in-order'
import { type Judged, judged } from '@/lib/server/sampler/judge'
import type { Replica } from '@/lib/server/sampler/replica'
import type { Replicas } from '@/lib/server/sampler/replicas'
import type { Allowance, Asker } from '@/lib/server/sampler/schedule'
import { type Target, targetText } from '@/lib/server/sampler/target'

export type SenderDeps = {
  replicas: Replicas
  now(): number
  allowanceOf(target: Target): Allowance
  /** When a change must have been applied: only what is sent after it counts. */
  dueMs(): number
  lexicon(): Lexicon
}

/** What is asked; `order` where answers count in the order of their questions. */
export type Probe = { headers: Readonly<Record<string, string>>; order?: InOrder }

/** One answer, by whom, and when it was asked for. `isCurrent`: nothing was reconfigured since; `counts`: and it was due. */
export type Received = {
  result: Judged
  url: string
  atMs: number
  isDue: boolean
  isCurrent: boolean
  counts: boolean
}

/** Units: probes. */
const IN_FLIGHT = 256

/** Sends one release's probes to its gateways and tells which version answered. */
export class Sender {
  readonly #deps: SenderDeps
  readonly #warned = new Set<string>()
  #inFlight = 0
  #generation = 0

  constructor(deps: SenderDeps) {
    this.#deps = deps
  }

  /** What is on its way now counts no more. */
  void(): void {
    this.#generation++
  }

  /** Sends one probe, if there is room for it; `receive` is not called where its answer is of no use any more. */
  send(asker: Asker, { headers, order }: Probe, receive: (received: Received) => void): void {
    const { replicas, allowanceOf, now, dueMs } = this.#deps
    const replica = this.#inFlight < IN_FLIGHT ? replicas.next(asker) : undefined
    if (!replica || !allowanceOf(replica.target).take(performance.now())) return
    const [atMs, generation] = [now(), this.#generation]
    const isDue = atMs >= dueMs()
    const inTurn = isDue && order ? order.place() : (act: () => void) => act()
    this.#inFlight++
    void replica.ask(headers, { isDue }).then(answer => {
      this.#inFlight--
      inTurn(() => {
        if (replica.isClosed) return
        const result = judged(answer, this.#deps.lexicon(), replica.target)
        const isCurrent = generation === this.#generation
        receive({ result, url: replica.url, atMs, isDue, isCurrent, counts: isDue && isCurrent })
        if (result.why === 'forbidden-target') this.#warn(replica)
      })
    })
  }

  #warn({ url, target }: Replica): void {
    if (this.#warned.has(url)) return
    this.#warned.add(url)
    log('warn', 'probes may not go to this gateway', { target: targetText(target), trust: target.trust })
  }
}
