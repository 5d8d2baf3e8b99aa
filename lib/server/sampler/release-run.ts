import 'server-only'
import { inEffect } from '@/lib/domain/effect'
import { percentilesOf } from '@/lib/domain/latency'
import type { CannotMeasure, Lane, Samples } from '@/lib/domain/model/samples'
import { type Lexicon, lexiconOf } from '@/lib/domain/recognise'
import { parseSamplingSetting } from '@/lib/domain/sampling-setting'
import { noSeries, type Series, withDrawn } from '@/lib/domain/share'
import { addressRule } from '@/lib/server/sampler/address'
import type { SamplerConfig } from '@/lib/server/sampler/config'
import { judged } from '@/lib/server/sampler/judge'
import { LaneRun } from '@/lib/server/sampler/lane-run'
import { expectedOf, type LanePlan, planOf } from '@/lib/server/sampler/plan'
import { type ProbeAnswer, Prober } from '@/lib/server/sampler/probe'
import { type Allowance, Schedule } from '@/lib/server/sampler/schedule'
import type { Standing } from '@/lib/server/sampler/standing'
import { placeOf, type Target, targetOf, targetText } from '@/lib/server/sampler/target'

/** What one release's sampling needs from outside. */
export type RunDeps = {
  config: SamplerConfig
  now(): number
  allowanceOf(target: Target): Allowance
}

type Sent = { run: LaneRun; atMs: number; isEarly: boolean; generation: number }
type Asked = { sent: Sent; target: Target }

/** Units: answers; probes; a second. */
const RECENT = 400
const IN_FLIGHT = 256
const RELEASE_RATE = 50
const EVERYONE_RATE = 5
const RULE_RATE = 1

/** The sampling of one release: probes on a schedule, evidence per lane, and the picture of both. */
export class ReleaseRun {
  readonly #deps: RunDeps
  readonly #schedule = new Schedule(lane => this.#send(lane))
  #standing: Standing
  #target: Target | null = null
  #noTarget: CannotMeasure | null = null
  #prober: Prober | null = null
  #lexicon: Lexicon | null = null
  #lanes = new Map<Lane, LaneRun>()
  #series: Series = noSeries
  #recent: Samples['recent'] = []
  #answeredSoFar = 0
  #inEffectMs: number | null = null
  #isProbing = false
  #isOnNewLines = false
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
    else this.#refresh(isAimedAnew)
    this.isNew = true
  }

  /** Sends probes from now on. After a pause what was proven before it has to be shown again. */
  start(): void {
    if (this.#isProbing || this.#deps.config.sampling === 'off') return
    this.#isProbing = true
    for (const run of this.#lanes.values()) run.resume()
    this.#pace()
    this.isNew = true
  }

  async pause(): Promise<void> {
    this.#isProbing = false
    this.#schedule.stop()
    this.isNew = true
    const prober = this.#prober
    this.#prober = null
    this.#generation++
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
    void this.#prober?.close()
    this.#prober = null
    return true
  }

  #plans(): LanePlan[] {
    const place = this.#target ?? placeOf(this.#standing.facts)
    return planOf(this.#standing.facts, place).map(each => ({ ...each, why: each.why ?? this.#noTarget }))
  }

  #begin(): void {
    const { before, retired, facts } = this.#standing
    const place = this.#target ?? placeOf(facts)
    this.#generation++
    this.#inEffectMs = null
    this.#isOnNewLines = false
    this.#lanes.clear()
    for (const plan of this.#plans())
      this.#lanes.set(
        plan.lane,
        new LaneRun(plan, { before: before.get(plan.lane) ?? null, isRetired: false }),
      )
    for (const question of retired) {
      const [expected, was] = [expectedOf(facts, place, question), before.get(question.lane) ?? null]
      const why = this.#noTarget
      if (expected !== null && was !== null && expected !== was)
        this.#lanes.set(
          question.lane,
          new LaneRun({ ...question, expected, why }, { before: was, isRetired: true }),
        )
    }
    this.#pace()
  }

  #refresh(isAimedAnew: boolean): void {
    for (const plan of this.#plans()) {
      const run = this.#lanes.get(plan.lane)
      const isOther = !run || run.plan.expected !== plan.expected || run.plan.mark !== plan.mark
      if (isOther) this.#lanes.set(plan.lane, new LaneRun(plan, { before: null, isRetired: false }))
      else run.plan = plan
    }
    if (isAimedAnew) for (const run of this.#lanes.values()) run.resume()
    this.#pace()
  }

  #perSecond(): number {
    const { perSecond = EVERYONE_RATE } = parseSamplingSetting(this.#standing.facts.canary)
    return Math.min(perSecond, RELEASE_RATE - RULE_RATE * (this.#lanes.size - 1))
  }

  #pace(): void {
    if (!this.#isProbing) return
    if (this.#target) this.#prober ??= proberOf(this.#target, this.#deps.config)
    const everyone = this.#perSecond()
    const asking = [...this.#lanes.values()].filter(run => run.plan.why === null)
    this.#schedule.set(
      asking.map(({ plan: { lane } }) => ({
        lane,
        everyMs: 1000 / (lane === 'everyone' ? everyone : RULE_RATE),
      })),
    )
  }

  #send(lane: Lane): void {
    const [run, prober, target] = [this.#lanes.get(lane), this.#prober, this.#target]
    if (!run || !prober || !target || this.#inFlight >= IN_FLIGHT) return
    if (!this.#deps.allowanceOf(target).take()) return
    const atMs = this.#deps.now()
    const isEarly = atMs < this.#dueMs
    if (!isEarly && !this.#isOnNewLines) {
      prober.renew()
      this.#isOnNewLines = true
    }
    const asked = { sent: { run, atMs, isEarly, generation: this.#generation }, target }
    const take = isEarly ? (act: () => void) => act() : run.order.place()
    this.#inFlight++
    void prober.ask(run.plan.headers).then(answer => {
      this.#inFlight--
      take(() => {
        if (this.#prober === prober) this.#receive(asked, answer)
      })
    })
  }

  #receive({ sent: { run, atMs, isEarly, generation }, target }: Asked, answer: ProbeAnswer): void {
    const result = judged(answer, this.#words(target), target)
    const { lane, expected } = run.plan
    const counts = !isEarly && generation === this.#generation
    if (counts) run.add(result, this.#deps.now())
    const { answered, status, ms, pod } = result
    this.#series = withDrawn(this.#series, {
      lane,
      answered,
      atMs,
      expected,
      band: counts ? run.band() : null,
    })
    this.#recent.push([atMs, lane, answered, status, Math.round(ms * 10) / 10, counts ? 0 : 1, pod])
    if (this.#recent.length > RECENT) this.#recent.shift()
    if (lane === 'everyone') this.#answeredSoFar++
    this.isNew = true
  }

  #words({ host, path }: Target): Lexicon {
    const { release, canary } = this.#standing.facts
    const said = [host, path, ...[...this.#lanes.values()].map(run => run.plan.mark)]
    const versionFrom = parseSamplingSetting(canary).versionFrom ?? null
    this.#lexicon ??= lexiconOf({ stable: release.stable, canary: release.canary, versionFrom, said })
    return this.#lexicon
  }

  /** Keeps the moment of the proof, and lets lanes of rules go that are proven to be gone. */
  #prove(nowMs: number): number {
    const everyone = this.#lanes.get('everyone')
    if (!everyone || this.#inEffectMs !== null) return 0
    const others = [...this.#lanes.values()].filter(run => run !== everyone)
    const { inEffectMs, missing } = inEffect(
      everyone.proof(nowMs),
      others.map(run => run.proof(nowMs)),
    )
    this.#inEffectMs = inEffectMs
    if (inEffectMs === null) return missing
    for (const run of others) if (run.isRetired) this.#lanes.delete(run.plan.lane)
    this.#pace()
    return 0
  }

  /** The picture as it is published. */
  snapshot(): Samples {
    this.isNew = false
    const missing = this.#prove(this.#deps.now())
    const { since, writtenMs, changes } = this.#standing
    const isOff = this.#deps.config.sampling === 'off'
    const lanes = [...this.#lanes.values()]
    return {
      since,
      written: isoText(writtenMs),
      due: isoText(this.#dueMs),
      inEffect: this.#inEffectMs === null ? null : isoText(this.#inEffectMs),
      inEffectMissing: missing,
      state: isOff ? 'off' : this.#isProbing ? 'sampling' : 'paused',
      target: this.#target && targetText(this.#target),
      perSecond: this.#perSecond(),
      lanes: lanes.map(run => run.view(isOff ? 'sampling-off' : null)),
      latency: {
        stable: percentilesOf(lanes.flatMap(run => run.latencies.stable)),
        canary: percentilesOf(lanes.flatMap(run => run.latencies.canary)),
      },
      bucketMs: this.#series.bucketMs,
      series: {
        everyone: [...this.#series.lanes.everyone],
        header: [...this.#series.lanes.header],
        cookie: [...this.#series.lanes.cookie],
      },
      changes: [...changes],
      answeredSoFar: this.#answeredSoFar,
      recent: [...this.#recent],
    }
  }
}

const isoText = (ms: number) => new Date(ms).toISOString()

function proberOf(target: Target, config: SamplerConfig): Prober {
  const { scheme, address, port, host, path, trust } = target
  const serverName = host.replace(/:\d+$/, '')
  const rule = addressRule(trust, config.apiServers)
  const { gatewayCa: ca, gatewayInsecure: insecure } = config
  const line = { scheme, address, port, serverName, rule, ca, insecure }
  return new Prober({ line, host, path, userAgent: `halftone-sampler/${config.version}` })
}
