import 'server-only'
import type { SamplerConfig } from '@/lib/server/sampler/config'
import { type ProbeAnswer, type Prober, proberOf } from '@/lib/server/sampler/probe'
import { entranceText, type Target } from '@/lib/server/sampler/target'

/** One replica of the controller as a release's probes reach it, on connections of its own. */
export class Replica {
  readonly url: string
  readonly target: Target
  readonly #prober: Prober
  #isOnNewLines = false
  #isClosed = false

  constructor(target: Target, config: SamplerConfig) {
    this.url = entranceText(target)
    this.target = target
    this.#prober = proberOf(target, config)
  }

  /** Something is being reconfigured: the first probe after *due* opens connections that did not exist before. */
  expectChange(): void {
    this.#isOnNewLines = false
  }

  ask(headers: Readonly<Record<string, string>>, { isDue }: { isDue: boolean }): Promise<ProbeAnswer> {
    if (isDue && !this.#isOnNewLines) {
      this.#prober.renew()
      this.#isOnNewLines = true
    }
    return this.#prober.ask(headers)
  }

  /** Answers that are still under way are of no use any more. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#prober.close()
  }
}
