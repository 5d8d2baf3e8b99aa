import 'server-only'
import { type Effect, newEffect, type Proof, withEffectAnswer } from '@/lib/domain/effect'
import { type LaneRecord, newLane, withLaneAnswer } from '@/lib/domain/lane'
import { verdictOf } from '@/lib/domain/lane-verdict'
import type { Judged } from '@/lib/server/sampler/judge'

/** What one replica of the controller has shown in one lane since the last change. */
export class ReplicaProof {
  readonly #expected: number
  #record: LaneRecord
  #effect: Effect

  constructor(expected: number, before: number | null) {
    this.#expected = expected
    this.#record = newLane(expected)
    this.#effect = newEffect(before, expected)
  }

  /** Counts one answer sent after *due*; `isNew` where it is the one that proves the change, `wasLate` where it was overdue. */
  add(answer: Judged, nowMs: number): { isNew: boolean; wasLate: boolean } {
    const wasProven = this.#effect.inEffectMs !== null
    this.#record = withLaneAnswer(this.#record, answer)
    if (answer.answered === 'stable' || answer.answered === 'canary')
      this.#effect = withEffectAnswer(this.#effect, answer.answered === 'canary', nowMs)
    const wasLate = this.#effect.test.rejections > 0 || this.#record.isContradicted
    return { isNew: !wasProven && this.#effect.inEffectMs !== null, wasLate }
  }

  /** Begins the evidence of the share anew; whether the change was proven is not forgotten. */
  restart(): void {
    this.#record = newLane(this.#expected)
  }

  proof(nowMs: number, isMeasured: boolean): Proof {
    const { verdict, missing } = isMeasured
      ? verdictOf(this.#record)
      : { verdict: 'cannot-measure' as const, missing: 0 }
    return { effect: this.#effect, isMeasured, verdict, missing, atMs: nowMs }
  }
}
