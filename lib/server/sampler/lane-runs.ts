import 'server-only'
import { inEffect } from '@/lib/domain/effect'
import type { CannotMeasure, Lane } from '@/lib/domain/model/samples'
import { LaneRun } from '@/lib/server/sampler/lane-run'
import { expectedOf, type LanePlan, type Place } from '@/lib/server/sampler/plan'
import type { Standing } from '@/lib/server/sampler/standing'

/** All lanes of one release, and whether the last change was proven on those it touches. */
export class LaneRuns {
  #runs = new Map<Lane, LaneRun>()
  #inEffectMs: number | null = null

  /** Begins anew after a change; a rule that is gone keeps its lane until answers have shown that it is. */
  begin(plans: readonly LanePlan[], standing: Standing, place: Place, noTarget: CannotMeasure | null): void {
    const { before, retired, facts } = standing
    this.#inEffectMs = null
    this.#runs = new Map()
    for (const plan of plans)
      this.#runs.set(
        plan.lane,
        new LaneRun(plan, { before: before.get(plan.lane) ?? null, isRetired: false }),
      )
    for (const question of retired) {
      const [expected, was] = [expectedOf(facts, place, question), before.get(question.lane) ?? null]
      if (expected === null || was === null || expected === was) continue
      const plan = { ...question, expected, why: noTarget }
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

  /** Keeps the moment of the proof, and lets the lanes go of rules that are proven to be gone. Units: answers missing. */
  prove(nowMs: number): { inEffectMs: number | null; missing: number } {
    const everyone = this.#runs.get('everyone')
    if (!everyone || this.#inEffectMs !== null) return { inEffectMs: this.#inEffectMs, missing: 0 }
    const others = this.all().filter(run => run !== everyone)
    const found = inEffect(
      everyone.proof(nowMs),
      others.map(run => run.proof(nowMs)),
    )
    this.#inEffectMs = found.inEffectMs
    if (found.inEffectMs === null) return found
    for (const run of others) if (run.isRetired) this.#runs.delete(run.plan.lane)
    return { inEffectMs: found.inEffectMs, missing: 0 }
  }
}
