import 'server-only'
import { inEffect } from '@/lib/domain/effect'
import type { CannotMeasure, Lane } from '@/lib/domain/model/samples'
import { LaneRun } from '@/lib/server/sampler/lane-run'
import { expectedOf, type LanePlan, type Place } from '@/lib/server/sampler/plan'
import type { Standing } from '@/lib/server/sampler/standing'

type Effected = { inEffectMs: number | null; missing: number }

/** How far the proof of the last change is, over all replicas and by replica. Units: answers missing, about. */
export type Proven = Effected & { replicas: ({ url: string } & Effected)[] }

/** All lanes of one release, and whether the last change was proven on those it touches, by each replica. */
export class LaneRuns {
  #runs = new Map<Lane, LaneRun>()
  /** When each replica had proven the change. */
  #inEffectMs = new Map<string, number>()

  /** Begins anew after a change; a rule that is gone keeps its lane until answers have shown that it is. */
  begin(
    plans: readonly LanePlan[],
    standing: Standing,
    { place, why }: { place: Place; why: CannotMeasure | null },
  ): void {
    const { before, retired, facts } = standing
    this.#inEffectMs = new Map()
    this.#runs = new Map()
    for (const plan of plans)
      this.#runs.set(
        plan.lane,
        new LaneRun(plan, { before: before.get(plan.lane) ?? null, isRetired: false }),
      )
    for (const question of retired) {
      const [expected, was] = [expectedOf(facts, place, question), before.get(question.lane) ?? null]
      if (expected === null || !was?.some(share => share !== expected)) continue
      const plan = { ...question, expected, why }
      this.#runs.set(question.lane, new LaneRun(plan, { before: was, isRetired: true }))
    }
  }

  /** Takes over plans of the same configuration; only a lane that must now show something else begins anew. */
  refresh(plans: readonly LanePlan[]): void {
    for (const plan of plans) {
      const run = this.#runs.get(plan.lane)
      const isSame = run?.plan.expected === plan.expected && run.plan.mark === plan.mark
      if (run && isSame) run.plan = plan
      else this.#runs.set(plan.lane, new LaneRun(plan, { before: null, isRetired: false }))
    }
  }

  /** Begins the evidence anew: what was seen before a pause, or through another gateway, is not now. */
  resume(): void {
    for (const run of this.#runs.values()) run.resume()
  }

  get(lane: Lane): LaneRun | undefined {
    return this.#runs.get(lane)
  }

  all(): LaneRun[] {
    return [...this.#runs.values()]
  }

  /**
   * Keeps the moment each replica's proof came, and lets the lanes go of rules that are proven to be gone.
   * The change is in effect when it is on all of them: answers on average prove nothing of the slowest.
   */
  prove(urls: readonly string[], nowMs: number): Proven {
    const everyone = this.#runs.get('everyone')
    if (!everyone || urls.length === 0) return { inEffectMs: null, missing: 0, replicas: [] }
    const replicas = urls.map(url => ({ url, ...this.#proofBy(url, { everyone, nowMs }) }))
    const times = replicas.map(each => each.inEffectMs)
    const isProven = times.every(ms => ms !== null)
    if (isProven) for (const run of this.all()) if (run.isRetired) this.#runs.delete(run.plan.lane)
    return {
      inEffectMs: isProven ? Math.max(...times.map(ms => ms ?? 0)) : null,
      missing: Math.max(...replicas.map(each => each.missing)) * urls.length,
      replicas,
    }
  }

  #proofBy(url: string, { everyone, nowMs }: { everyone: LaneRun; nowMs: number }): Effected {
    const known = this.#inEffectMs.get(url)
    if (known !== undefined) return { inEffectMs: known, missing: 0 }
    const others = this.all().filter(run => run !== everyone)
    const found = inEffect(
      everyone.proof(url, nowMs),
      others.map(run => run.proof(url, nowMs)),
    )
    if (found.inEffectMs === null) return found
    this.#inEffectMs.set(url, found.inEffectMs)
    return { inEffectMs: found.inEffectMs, missing: 0 }
  }
}
