import 'server-only'
import { type Effect, newEffect, type Proof, wasLate, withEffectAnswer } from '@/lib/domain/effect'
import { type LaneRecord, newLane, withLaneAnswer } from '@/lib/domain/lane'
import { verdictOf } from '@/lib/domain/lane-verdict'
import type { Judged } from '@/lib/server/sampler/judge'

/** When an answer's probe was sent, when the answer came, and whether it was asked after *due*. Units: milliseconds. */
export type Asked = { askedMs: number; atMs: number; isDue: boolean }

/** What one replica of the controller has shown in one lane since the last change. */
export class ReplicaProof {
  readonly #expected: number
  #record: LaneRecord
  #effect: Effect

  constructor(expected: number, before: readonly number[] | null) {
    this.#expected = expected
    this.#record = newLane(expected)
    this.#effect = newEffect(before, expected)
  }

  /**
   * Takes in one answer; only one that was asked after *due* counts for the share.
   * `isNew` where it is the one that proves the change, `wasLate` where that was overdue.
   */
  add(answer: Judged, asked: Asked): { isNew: boolean; wasLate: boolean } {
    const wasProven = this.#effect.inEffectMs !== null
    if (asked.isDue) this.#record = withLaneAnswer(this.#record, answer)
    if (answer.answered === 'stable' || answer.answered === 'canary')
      this.#effect = withEffectAnswer(this.#effect, { isCanary: answer.answered === 'canary', ...asked })
    return {
      isNew: !wasProven && this.#effect.inEffectMs !== null,
      wasLate: wasLate(this.#effect) || this.#record.isContradicted,
    }
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
