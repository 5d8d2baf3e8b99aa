import 'server-only'
import type { CannotMeasure } from '@/lib/domain/model/samples'
import type { SamplerConfig } from '@/lib/server/sampler/config'
import type { SamplingFacts } from '@/lib/server/sampler/facts'
import type { Place } from '@/lib/server/sampler/plan'
import { Replica } from '@/lib/server/sampler/replica'
import type { Asker } from '@/lib/server/sampler/schedule'
import { entranceText, placeOf, type Target, targetsOf, targetText } from '@/lib/server/sampler/target'

/** The controller's replicas behind one release's route: whom to ask next, and for what. */
export class Replicas {
  readonly #config: SamplerConfig
  #targets: readonly Target[] = []
  #why: CannotMeasure | null = null
  #place: Place = { host: '', path: '/' }
  #open: Replica[] = []
  readonly #turns = new Map<Asker, number>()

  constructor(config: SamplerConfig) {
    this.#config = config
  }

  /** Takes aim at what the cluster shows now; true where that is somewhere else. */
  aim(facts: SamplingFacts): boolean {
    const found = targetsOf(facts, this.#config.gateways)
    const targets = found.ok ? found.targets : []
    this.#why = found.ok ? null : found.why
    this.#place = targets[0] ?? placeOf(facts)
    if (JSON.stringify(targets) === JSON.stringify(this.#targets)) return false
    this.#targets = targets
    void this.close()
    return true
  }

  /** Why nobody can be asked; null where somebody can. */
  get why(): CannotMeasure | null {
    return this.#why
  }

  get place(): Place {
    return this.#place
  }

  get urls(): string[] {
    return this.#targets.map(entranceText)
  }

  /** All targets as people read them; null without any. */
  get text(): string | null {
    return this.#targets.length > 0 ? this.#targets.map(targetText).join(', ') : null
  }

  /** What every probe says itself, so that an answer that repeats it names no version. */
  get said(): string[] {
    return [...new Set(this.#targets.flatMap(({ host, path }) => [host, path]))]
  }

  /** The replica whose turn it is: each asker goes round by itself, so that each replica is asked by all of them. */
  next(asker: Asker): Replica | undefined {
    if (this.#open.length === 0) this.#open = this.#targets.map(target => new Replica(target, this.#config))
    const turn = this.#turns.get(asker) ?? 0
    this.#turns.set(asker, turn + 1)
    return this.#open[turn % this.#open.length]
  }

  expectChange(): void {
    for (const each of this.#open) each.expectChange()
  }

  async close(): Promise<void> {
    const open = this.#open
    this.#open = []
    await Promise.all(open.map(each => each.close()))
  }
}
