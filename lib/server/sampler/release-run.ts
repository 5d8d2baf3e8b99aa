import 'server-only'
import type { Lane, Samples } from '@/lib/domain/model/samples'
import type { Lexicon } from '@/lib/domain/recognise'
import type { SamplerConfig } from '@/lib/server/sampler/config'
import { lexiconFor } from '@/lib/server/sampler/judge'
import { LaneRuns } from '@/lib/server/sampler/lane-runs'
import { paceOf } from '@/lib/server/sampler/pace'
import { Picture } from '@/lib/server/sampler/picture'
import { type LanePlan, PARKED, planOf, reachOf } from '@/lib/server/sampler/plan'
import { type Reach, Reachability } from '@/lib/server/sampler/reachability'
import { Replicas } from '@/lib/server/sampler/replicas'
import { samplesOf } from '@/lib/server/sampler/samples-of'
import { type Allowance, Schedule } from '@/lib/server/sampler/schedule'
import { Sender } from '@/lib/server/sampler/sender'
import type { Standing } from '@/lib/server/sampler/standing'
import type { Target } from '@/lib/server/sampler/target'

/** What one release's sampling needs from outside. */
export type RunDeps = {
  config: SamplerConfig
  now(): number
  allowanceOf(target: Target): Allowance
}

/** The sampling of one release: probes on a schedule, evidence per lane, and the picture of both. */
export class ReleaseRun {
  readonly #deps: RunDeps
  readonly #schedule = new Schedule(asker => (asker === 'reachability' ? this.#reach() : this.#sample(asker)))
  readonly #picture = new Picture()
  readonly #lanes = new LaneRuns()
  readonly #reachability = new Reachability()
  readonly #replicas: Replicas
  readonly #sender: Sender
  #standing: Standing
  #lexicon: Lexicon | null = null
  #isProbing = false
  /** Something is new since the picture was last published; whoever publishes it says when. */
  isNew = true

  constructor(standing: Standing, deps: RunDeps) {
    this.#deps = deps
    this.#standing = standing
    this.#replicas = new Replicas(deps.config)
    this.#sender = new Sender({
      replicas: this.#replicas,
      now: deps.now,
      allowanceOf: deps.allowanceOf,
      dueMs: () => this.#dueMs,
      lexicon: () => this.#words(),
    })
    this.#replicas.aim(standing.facts)
    this.#begin()
  }

  /** Takes over what the cluster shows now; true where something was reconfigured: evidence then begins anew. */
  follow(standing: Standing): boolean {
    const before = this.#standing
    this.#standing = standing
    this.#lexicon = null
    const isAimedAnew = this.#replicas.aim(standing.facts)
    const isAnother = standing.key !== before.key
    if (isAnother) this.#begin()
    else this.#refresh()
    if (isAimedAnew) this.#lanes.resume()
    this.#pace()
    this.isNew = true
    return isAnother
  }

  /** Sends probes from now on. After a pause what was shown before it has to be shown again. */
  start(): void {
    if (this.#isProbing || this.#deps.config.sampling === 'off') return
    this.#isProbing = true
    this.#lanes.resume()
    this.#reachability.forget()
    this.#pace()
    this.isNew = true
  }

  async pause(): Promise<void> {
    this.#isProbing = false
    this.#schedule.stop()
    this.#sender.void()
    this.isNew = true
    await this.#replicas.close()
  }

  /** The canary's pods are others now: that they can be reached has to be shown again. */
  doubt(): void {
    this.#sender.void()
    this.#reachability.forget()
    this.#pace()
    this.isNew = true
  }

  get isProbing(): boolean {
    return this.#isProbing
  }

  /** Have answers shown that what is configured is in effect. */
  get isShown(): boolean {
    return this.#lanes.prove(this.#replicas.urls, this.#deps.now()).inEffectMs !== null
  }

  get #dueMs(): number {
    return this.#standing.writtenMs + this.#deps.config.dueMs
  }

  #plans(): LanePlan[] {
    const { why, place } = this.#replicas
    return planOf(this.#standing.facts, place).map(plan => ({ ...plan, why: plan.why ?? why }))
  }

  #begin(): void {
    this.#sender.void()
    this.#replicas.expectChange()
    this.#lanes.begin(this.#plans(), this.#standing, this.#replicas)
    this.#reachability.forget()
    this.#reachability.plan(this.#reachable())
  }

  #refresh(): void {
    this.#lanes.refresh(this.#plans())
    this.#reachability.plan(this.#reachable())
  }

  #reachable(): Reach {
    return reachOf(this.#standing.facts, this.#replicas.place)
  }

  #pace(): number {
    const plans = this.#lanes.all().map(run => run.plan)
    const isReaching = this.#reachability.isAsked(this.#replicas.urls)
    const { perSecond, askers } = paceOf(this.#standing.facts.canary, { plans, isReaching })
    if (this.#isProbing) this.#schedule.set(askers)
    return perSecond
  }

  #sample(lane: Lane): void {
    const run = this.#lanes.get(lane)
    if (!run) return
    this.#sender.send(lane, { headers: run.plan.headers, order: run.order }, received => {
      const { result, url, atMs, counts, isCurrent, isDue } = received
      if (isCurrent) run.add(result, { url, askedMs: atMs, atMs: this.#deps.now(), isDue })
      this.#picture.add(result, { plan: run.plan, atMs, counts, band: run.band() })
      this.isNew = true
    })
  }

  /** Of no lane: neither counted nor drawn. */
  #reach(): void {
    this.#sender.send('reachability', PARKED, ({ result, url, counts }) => {
      if (!counts) return
      this.#reachability.add(result, { url, nowMs: this.#deps.now() })
      this.isNew = true
    })
  }

  #words(): Lexicon {
    const said = [...this.#replicas.said, ...this.#lanes.all().map(run => run.plan.mark)]
    this.#lexicon ??= lexiconFor(this.#standing.facts, said)
    return this.#lexicon
  }

  /** The picture as of now. */
  snapshot(): Samples {
    const proven = this.#lanes.prove(this.#replicas.urls, this.#deps.now())
    const isOff = this.#deps.config.sampling === 'off'
    return samplesOf({
      standing: this.#standing,
      dueMs: this.#dueMs,
      proven,
      reachable: this.#reachability.view(isOff ? [] : this.#replicas.urls),
      state: isOff ? 'off' : this.#isProbing ? 'sampling' : 'paused',
      target: this.#replicas.text,
      perSecond: this.#pace(),
      runs: this.#lanes.all(),
      picture: this.#picture,
    })
  }
}
