import 'server-only'
import { performance } from 'node:perf_hooks'
import type { Lane, Samples } from '@/lib/domain/model/samples'
import { type Lexicon, lexiconOf } from '@/lib/domain/recognise'
import { parseSamplingSetting } from '@/lib/domain/sampling-setting'
import { log } from '@/lib/server/log'
import type { SamplerConfig } from '@/lib/server/sampler/config'
import { judged } from '@/lib/server/sampler/judge'
import type { LaneRun } from '@/lib/server/sampler/lane-run'
import { LaneRuns } from '@/lib/server/sampler/lane-runs'
import { Picture } from '@/lib/server/sampler/picture'
import { type LanePlan, planOf } from '@/lib/server/sampler/plan'
import type { ProbeAnswer } from '@/lib/server/sampler/probe'
import type { Replica } from '@/lib/server/sampler/replica'
import { Replicas } from '@/lib/server/sampler/replicas'
import { samplesOf } from '@/lib/server/sampler/samples-of'
import { type Allowance, Schedule } from '@/lib/server/sampler/schedule'
import type { Standing } from '@/lib/server/sampler/standing'
import { type Target, targetText } from '@/lib/server/sampler/target'

/** What one release's sampling needs from outside. */
export type RunDeps = {
  config: SamplerConfig
  now(): number
  allowanceOf(target: Target): Allowance
}

/** One probe on its way. `counts` may turn false while it is under way, never true. */
type Sent = { run: LaneRun; replica: Replica; atMs: number; counts: () => boolean }

/** Units: probes; a second. */
const IN_FLIGHT = 256
const RELEASE_RATE = 50
const EVERYONE_RATE = 5
const RULE_RATE = 1

/** The sampling of one release: probes on a schedule, evidence per lane, and the picture of both. */
export class ReleaseRun {
  readonly #deps: RunDeps
  readonly #schedule = new Schedule(lane => this.#send(lane))
  readonly #picture = new Picture()
  readonly #lanes = new LaneRuns()
  readonly #replicas: Replicas
  readonly #warned = new Set<string>()
  #standing: Standing
  #lexicon: Lexicon | null = null
  #isProbing = false
  #generation = 0
  #inFlight = 0
  /** Something is new since the last picture was taken. */
  isNew = true

  constructor(standing: Standing, deps: RunDeps) {
    this.#deps = deps
    this.#standing = standing
    this.#replicas = new Replicas(deps.config)
    this.#replicas.aim(standing.facts)
    this.#begin()
  }

  /** Takes over what the cluster shows now; evidence begins anew where something was reconfigured. */
  follow(standing: Standing): void {
    const before = this.#standing
    this.#standing = standing
    this.#lexicon = null
    const isAimedAnew = this.#replicas.aim(standing.facts)
    if (standing.key !== before.key) this.#begin()
    else this.#lanes.refresh(this.#plans())
    if (isAimedAnew) this.#lanes.resume()
    this.#pace()
    this.isNew = true
  }

  /** Sends probes from now on. After a pause what was shown before it has to be shown again. */
  start(): void {
    if (this.#isProbing || this.#deps.config.sampling === 'off') return
    this.#isProbing = true
    this.#lanes.resume()
    this.#pace()
    this.isNew = true
  }

  async pause(): Promise<void> {
    this.#isProbing = false
    this.#schedule.stop()
    this.#generation++
    this.isNew = true
    await this.#replicas.close()
  }

  get isProbing(): boolean {
    return this.#isProbing
  }

  get #dueMs(): number {
    return this.#standing.writtenMs + this.#deps.config.dueMs
  }

  #plans(): LanePlan[] {
    const { why, place } = this.#replicas
    return planOf(this.#standing.facts, place).map(plan => ({ ...plan, why: plan.why ?? why }))
  }

  #begin(): void {
    this.#generation++
    this.#replicas.expectChange()
    this.#lanes.begin(this.#plans(), this.#standing, this.#replicas)
  }

  #perSecond(): number {
    const { perSecond = EVERYONE_RATE } = parseSamplingSetting(this.#standing.facts.canary)
    return Math.min(perSecond, RELEASE_RATE - RULE_RATE * (this.#lanes.all().length - 1))
  }

  #pace(): void {
    if (!this.#isProbing) return
    const paceOf = (lane: Lane) => (lane === 'everyone' ? this.#perSecond() : RULE_RATE)
    const asked = this.#lanes.all().filter(run => run.plan.why === null)
    this.#schedule.set(asked.map(({ plan: { lane } }) => ({ lane, everyMs: 1000 / paceOf(lane) })))
  }

  #send(lane: Lane): void {
    const run = this.#lanes.get(lane)
    if (!run || this.#inFlight >= IN_FLIGHT) return
    const replica = this.#replicas.next(lane)
    if (!replica || !this.#deps.allowanceOf(replica.target).take(performance.now())) return
    const [atMs, generation] = [this.#deps.now(), this.#generation]
    const isDue = atMs >= this.#dueMs
    const sent = { run, replica, atMs, counts: () => isDue && generation === this.#generation }
    const inTurn = isDue ? run.order.place() : (act: () => void) => act()
    this.#inFlight++
    void replica.ask(run.plan.headers, { isDue }).then(answer => {
      this.#inFlight--
      inTurn(() => {
        if (!replica.isClosed) this.#receive(sent, answer)
      })
    })
  }

  #receive({ run, replica, atMs, counts }: Sent, answer: ProbeAnswer): void {
    const result = judged(answer, this.#words(replica.target), replica.target)
    const isCounted = counts()
    if (isCounted) run.add(result, { url: replica.url, nowMs: this.#deps.now() })
    this.#picture.add(result, { plan: run.plan, atMs, counts: isCounted, band: run.band() })
    if (result.why === 'forbidden-target') this.#warn(replica)
    this.isNew = true
  }

  #warn({ url, target }: Replica): void {
    if (this.#warned.has(url)) return
    this.#warned.add(url)
    log('warn', 'probes may not go to this gateway', { target: targetText(target), trust: target.trust })
  }

  #words({ host, path }: Target): Lexicon {
    const { release, canary } = this.#standing.facts
    const said = [host, path, ...this.#lanes.all().map(run => run.plan.mark)]
    const versionFrom = parseSamplingSetting(canary).versionFrom ?? null
    this.#lexicon ??= lexiconOf({ stable: release.stable, canary: release.canary, versionFrom, said })
    return this.#lexicon
  }

  /** The picture as it is published. */
  snapshot(): Samples {
    this.isNew = false
    const proven = this.#lanes.prove(this.#replicas.urls, this.#deps.now())
    this.#pace()
    const isOff = this.#deps.config.sampling === 'off'
    return samplesOf({
      standing: this.#standing,
      dueMs: this.#dueMs,
      proven,
      state: isOff ? 'off' : this.#isProbing ? 'sampling' : 'paused',
      target: this.#replicas.text,
      perSecond: this.#perSecond(),
      runs: this.#lanes.all(),
      picture: this.#picture,
    })
  }
}
