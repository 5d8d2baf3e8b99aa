import 'server-only'
import { type Band, bandOf } from '@/lib/domain/confidence'
import type { Proof } from '@/lib/domain/effect'
import { countsOf, recognisedIn, type Tally } from '@/lib/domain/epoch'
import { type LaneRecord, newLane, withLaneAnswer } from '@/lib/domain/lane'
import { type Verdict, verdictOf } from '@/lib/domain/lane-verdict'
import { type Latencies, percentilesOf, withLatency } from '@/lib/domain/latency'
import type { CannotMeasure, LaneSamples } from '@/lib/domain/model/samples'
import { toleranceOf } from '@/lib/domain/verdict'
import { InOrder } from '@/lib/server/sampler/in-order'
import type { Judged } from '@/lib/server/sampler/judge'
import type { LanePlan } from '@/lib/server/sampler/plan'
import { type Asked, ReplicaProof } from '@/lib/server/sampler/replica-proof'

const EXAMPLES = 3

/** One lane since the last change: its evidence over all replicas and by replica, its times, three answers nobody could read. */
export class LaneRun {
  plan: LanePlan
  /** The lane of a rule that was taken away: it stays until answers have shown that it is gone. */
  readonly isRetired: boolean
  readonly latencies: { stable: Latencies; canary: Latencies } = { stable: [], canary: [] }
  readonly order = new InOrder()
  readonly #before: readonly number[] | null
  readonly #replicas = new Map<string, ReplicaProof>()
  #record: LaneRecord
  #examples: LaneSamples['examples'] = []

  constructor(
    plan: LanePlan,
    { before, isRetired }: { before: readonly number[] | null; isRetired: boolean },
  ) {
    this.plan = plan
    this.isRetired = isRetired
    this.#before = before
    this.#record = newLane(plan.expected)
  }

  /** Takes in one answer; it counts if it was asked after *due*. A change proven later than due begins the evidence anew. */
  add(answer: Judged, { url, ...asked }: Asked & { url: string }): void {
    const replica = this.#replica(url)
    const { isNew, wasLate } = replica.add(answer, asked)
    if (asked.isDue) this.#count(answer)
    if (!isNew || !(wasLate || this.#record.isContradicted)) return
    replica.restart()
    this.#restart()
  }

  #count(answer: Judged): void {
    this.#record = withLaneAnswer(this.#record, answer)
    if (answer.example && this.#examples.length < EXAMPLES) this.#examples.push(answer.example)
    if (answer.answered === 'stable' || answer.answered === 'canary')
      this.latencies[answer.answered] = withLatency(this.latencies[answer.answered], answer.ms)
  }

  /** Begins anew after a pause or towards other gateways; whether the change was proven is not forgotten. */
  resume(): void {
    this.order.clear()
    for (const each of this.#replicas.values()) each.restart()
    this.#restart()
  }

  #restart(): void {
    this.#record = newLane(this.plan.expected)
    this.#examples = []
  }

  #replica(url: string): ReplicaProof {
    const known = this.#replicas.get(url) ?? new ReplicaProof(this.plan.expected, this.#before)
    this.#replicas.set(url, known)
    return known
  }

  /** The shares that the current epoch leaves possible; null before its first answer. */
  band(): Band | null {
    const tally = this.#record.epochs[0]?.tally
    return tally && recognisedIn(tally) > 0 ? bandOfTally(tally) : null
  }

  /** What this replica has shown of the change. */
  proof(url: string, nowMs: number): Proof {
    return this.#replica(url).proof(nowMs, this.plan.why === null)
  }

  /** The lane as it is published; `stopped` is why nothing at all can be measured. */
  view(stopped: CannotMeasure | null): LaneSamples {
    const { tally } = this.#record
    const { lane, mark, expected } = this.plan
    const { stable, canary, unknown } = tally
    const errors = tally.error + tally.blocked
    return {
      lane,
      mark,
      expected,
      sent: stable + canary + unknown + errors,
      stable,
      canary,
      unknown,
      errors,
      share: stable + canary > 0 ? canary / (stable + canary) : null,
      ...bandOfTally(tally),
      ...this.#verdict(stopped),
      tolerance: toleranceOf(expected),
      examples: [...this.#examples],
      latency: { stable: percentilesOf(this.latencies.stable), canary: percentilesOf(this.latencies.canary) },
    }
  }

  #verdict(stopped: CannotMeasure | null): Verdict {
    const why = stopped ?? this.plan.why
    return why ? { verdict: 'cannot-measure', missing: 0, why } : verdictOf(this.#record)
  }
}

function bandOfTally(tally: Tally): Band {
  const { stable, canary } = countsOf(tally)
  return bandOf({ hits: canary, answers: stable + canary })
}
