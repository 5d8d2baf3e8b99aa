import 'server-only'
import { performance } from 'node:perf_hooks'
import { percentilesOf } from '@/lib/domain/latency'
import type { CannotMeasure, Lane, Samples } from '@/lib/domain/model/samples'
import { type Lexicon, lexiconOf } from '@/lib/domain/recognise'
import { parseSamplingSetting } from '@/lib/domain/sampling-setting'
import { log } from '@/lib/server/log'
import type { SamplerConfig } from '@/lib/server/sampler/config'
import { judged } from '@/lib/server/sampler/judge'
import type { LaneRun } from '@/lib/server/sampler/lane-run'
import { LaneRuns } from '@/lib/server/sampler/lane-runs'
import { Picture } from '@/lib/server/sampler/picture'
import { type LanePlan, planOf } from '@/lib/server/sampler/plan'
import { type ProbeAnswer, type Prober, proberOf } from '@/lib/server/sampler/probe'
import { type Allowance, Schedule } from '@/lib/server/sampler/schedule'
import type { Standing } from '@/lib/server/sampler/standing'
import { placeOf, type Target, targetOf, targetText } from '@/lib/server/sampler/target'

/** What one release's sampling needs from outside. */
export type RunDeps = {
  config: SamplerConfig
  now(): number
  allowanceOf(target: Target): Allowance
}

/** One probe on its way. `counts` may turn false while it is under way, never true. */
type Sent = { run: LaneRun; target: Target; atMs: number; counts: () => boolean }

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
  #standing: Standing
  #target: Target | null = null
  #noTarget: CannotMeasure | null = null
  #prober: Prober | null = null
  #lexicon: Lexicon | null = null
  #isProbing = false
  #isOnNewLines = false
  #isWarned = false
  #generation = 0
  #inFlight = 0
  /** Something is new since the last picture was taken. */
  isNew = true

  constructor(standing: Standing, deps: RunDeps) {
    this.#deps = deps
    this.#standing = standing
    this.#aim()
    this.#begin()
  }

  /** Takes over what the cluster shows now; evidence begins anew where something was reconfigured. */
  follow(standing: Standing): void {
    const before = this.#standing
    this.#standing = standing
    this.#lexicon = null
    const isAimedAnew = this.#aim()
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
    const prober = this.#prober
    this.#prober = null
    await prober?.close()
  }

  get isProbing(): boolean {
    return this.#isProbing
  }

  get #dueMs(): number {
    return this.#standing.writtenMs + this.#deps.config.dueMs
  }

  #aim(): boolean {
    const found = targetOf(this.#standing.facts, this.#deps.config.gateways)
    const target = found.ok ? found.target : null
    this.#noTarget = found.ok ? null : found.why
    if (JSON.stringify(target) === JSON.stringify(this.#target)) return false
    this.#target = target
    this.#isWarned = false
    void this.#prober?.close()
    this.#prober = null
    return true
  }

  #plans(): LanePlan[] {
    const { facts } = this.#standing
    return planOf(facts, this.#target ?? placeOf(facts)).map(plan => ({
      ...plan,
      why: plan.why ?? this.#noTarget,
    }))
  }

  #begin(): void {
    this.#generation++
    this.#isOnNewLines = false
    const place = this.#target ?? placeOf(this.#standing.facts)
    this.#lanes.begin(this.#plans(), this.#standing, place, this.#noTarget)
  }

  #perSecond(): number {
    const { perSecond = EVERYONE_RATE } = parseSamplingSetting(this.#standing.facts.canary)
    return Math.min(perSecond, RELEASE_RATE - RULE_RATE * (this.#lanes.all().length - 1))
  }

  #pace(): void {
    if (!this.#isProbing) return
    if (this.#target) this.#prober ??= proberOf(this.#target, this.#deps.config)
    const paceOf = (lane: Lane) => (lane === 'everyone' ? this.#perSecond() : RULE_RATE)
    const asked = this.#lanes.all().filter(run => run.plan.why === null)
    this.#schedule.set(asked.map(({ plan: { lane } }) => ({ lane, everyMs: 1000 / paceOf(lane) })))
  }

  #send(lane: Lane): void {
    const [run, prober, target] = [this.#lanes.get(lane), this.#prober, this.#target]
    if (!run || !prober || !target || this.#inFlight >= IN_FLIGHT) return
    if (!this.#deps.allowanceOf(target).take(performance.now())) return
    const [atMs, generation] = [this.#deps.now(), this.#generation]
    const isEarly = atMs < this.#dueMs
    if (!isEarly && !this.#isOnNewLines) {
      prober.renew()
      this.#isOnNewLines = true
    }
    const sent = { run, target, atMs, counts: () => !isEarly && generation === this.#generation }
    const inTurn = isEarly ? (act: () => void) => act() : run.order.place()
    this.#inFlight++
    void prober.ask(run.plan.headers).then(answer => {
      this.#inFlight--
      inTurn(() => {
        if (this.#prober === prober) this.#receive(sent, answer)
      })
    })
  }

  #receive({ run, target, atMs, counts }: Sent, answer: ProbeAnswer): void {
    const result = judged(answer, this.#words(target), target)
    const isCounted = counts()
    if (isCounted) run.add(result, this.#deps.now())
    this.#picture.add(result, { plan: run.plan, atMs, counts: isCounted, band: run.band() })
    if (result.why === 'forbidden-target') this.#warn(target)
    this.isNew = true
  }

  #warn(target: Target): void {
    if (this.#isWarned) return
    this.#isWarned = true
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
    const { inEffectMs, missing } = this.#lanes.prove(this.#deps.now())
    this.#pace()
    const { since, writtenMs, changes } = this.#standing
    const isOff = this.#deps.config.sampling === 'off'
    const runs = this.#lanes.all()
    return {
      since,
      written: isoText(writtenMs),
      due: isoText(this.#dueMs),
      inEffect: inEffectMs === null ? null : isoText(inEffectMs),
      inEffectMissing: missing,
      state: isOff ? 'off' : this.#isProbing ? 'sampling' : 'paused',
      target: this.#target && targetText(this.#target),
      perSecond: this.#perSecond(),
      lanes: runs.map(run => run.view(isOff ? 'sampling-off' : null)),
      latency: {
        stable: percentilesOf(runs.flatMap(run => run.latencies.stable)),
        canary: percentilesOf(runs.flatMap(run => run.latencies.canary)),
      },
      changes: [...changes],
      ...this.#picture.view(),
    }
  }
}

const isoText = (ms: number) => new Date(ms).toISOString()
