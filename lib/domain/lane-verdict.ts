import { countsOf, recognisedIn } from '@/lib/domain/epoch'
import { LATEST, type LaneRecord } from '@/lib/domain/lane'
import type { VerdictKind } from '@/lib/domain/model/release'
import type { CannotMeasure } from '@/lib/domain/model/samples'
import { answersMissing, outcomeOf } from '@/lib/domain/verdict'

/** What a lane proves. `missing` is answers, about. */
export type Verdict = { verdict: VerdictKind; missing: number; why?: CannotMeasure }

/** So many useless answers are enough where there was never one of use. */
const FIRST_FEW = 5

/** What an answer that got through may have against being told apart. */
const UNTOLD: readonly CannotMeasure[] = [
  'unknown-answers',
  'versions-alike',
  'asks-for-login',
  'redirects-to-https',
]

function mostOf(reasons: readonly (CannotMeasure | null)[]): CannotMeasure | undefined {
  const counts = new Map<CannotMeasure, number>()
  for (const why of reasons) if (why) counts.set(why, (counts.get(why) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}

/** Why answers cannot be told apart; what stopped requests earlier is no part of it. */
function commonestOf({ reasons }: LaneRecord): CannotMeasure {
  const [most] = [...UNTOLD].sort((a, b) => (reasons[b] ?? 0) - (reasons[a] ?? 0))
  return most ?? 'unknown-answers'
}

/** Nothing that came lately was of any use: whatever was known before is not known now. */
function blindness({ latest, tally }: LaneRecord): CannotMeasure | undefined {
  const enough = recognisedIn(tally) === 0 ? FIRST_FEW : LATEST
  const isBlind = latest.length >= enough && latest.every(why => why !== null)
  return isBlind ? mostOf(latest) : undefined
}

/** The verdict of a lane: what its answers prove of the share that is configured, at 1 % per change. */
export function verdictOf(lane: LaneRecord): Verdict {
  const blind = blindness(lane)
  if (blind) return { verdict: 'cannot-measure', missing: 0, why: blind }
  const counts = countsOf(lane.tally)
  const outcome = outcomeOf(counts, lane.expected)
  if (outcome === 'mixed') return { verdict: 'cannot-measure', missing: 0, why: commonestOf(lane) }
  if (lane.isContradicted || outcome === 'not-as-configured')
    return { verdict: 'not-as-configured', missing: 0 }
  if (outcome === 'as-configured') return { verdict: 'as-configured', missing: 0 }
  return { verdict: 'not-enough-yet', missing: answersMissing(counts, lane.expected) ?? 0 }
}
