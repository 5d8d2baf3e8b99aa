import {
  countsOf,
  EPOCH,
  type Epoch,
  newEpoch,
  noAnswers,
  recognisedIn,
  STAGGER,
  type Tally,
  withEpochAnswer,
  withTallied,
} from '@/lib/domain/epoch'
import type { VerdictKind } from '@/lib/domain/model/release'
import type { Answered, CannotMeasure } from '@/lib/domain/model/samples'
import { answersMissing, CERTAIN_AFTER, isExact, outcomeOf } from '@/lib/domain/verdict'

/** One answer as the verdict counts it; `why` for one that showed no version. */
export type Counted = { answered: Answered; why?: CannotMeasure }

/**
 * What the answers of one kind of probe have shown since the last change.
 * `tally` is what the verdict is given on: everything since the change, or since the epoch in which something broke.
 */
export type LaneRecord = {
  expected: number
  tally: Tally
  /** Answers since the last one of no use. */
  clean: Tally
  /** At most two, oldest first. */
  epochs: readonly Epoch[]
  isContradicted: boolean
  /** Why the latest answers, newest last, were of no use; null for those that were. */
  latest: readonly (CannotMeasure | null)[]
  reasons: Readonly<Partial<Record<CannotMeasure, number>>>
}

/** What a lane proves. `missing` is answers, about. */
export type Verdict = { verdict: VerdictKind; missing: number; why?: CannotMeasure }

const LATEST = 10
const FIRST_FEW = 5
/** These stop a request before the controller chooses a version. */
const BLOCKED: ReadonlySet<CannotMeasure> = new Set([
  'gateway-unreachable',
  'tls-not-verified',
  'forbidden-target',
  'no-gateway',
])

/** What an answer that got through may have against being told apart. */
const UNTOLD: readonly CannotMeasure[] = [
  'unknown-answers',
  'versions-alike',
  'asks-for-login',
  'redirects-to-https',
]

/** A lane after a change: nothing is known. Units: `expected` is the canary's share, a fraction 0…1. */
export const newLane = (expected: number): LaneRecord => ({
  expected,
  tally: noAnswers,
  clean: noAnswers,
  epochs: [newEpoch(true)],
  isContradicted: false,
  latest: [],
  reasons: {},
})

/** Full epochs retire; a new one begins half an epoch after the last. */
function rotated(epochs: readonly Epoch[]): readonly Epoch[] {
  const kept = epochs.filter(each => recognisedIn(each.tally) < EPOCH)
  const newest = kept.at(-1)
  if (newest && recognisedIn(newest.tally) < STAGGER) return kept
  return [...kept, newEpoch(false)]
}

/**
 * Adds one answer, in constant time.
 * Limits: only answers sent after *due* on connections opened after *due* belong in here.
 */
export function withLaneAnswer(lane: LaneRecord, { answered, why }: Counted): LaneRecord {
  const kind = why && BLOCKED.has(why) ? 'blocked' : answered
  const before = lane.epochs.map(each => withEpochAnswer(each, kind, lane.expected))
  const alarmed = before.find(each => each.hasAlarmed)
  const epochs = rotated(before)
  const oldest = epochs[0]
  const clean = why && kind !== 'blocked' ? noAnswers : withTallied(lane.clean, kind)
  const hasTurned = before.length > 0 && oldest !== before[0] && oldest !== undefined
  return {
    ...lane,
    epochs,
    clean,
    tally: windowOf(lane, withTallied(lane.tally, kind), {
      clean,
      alarmed,
      turned: hasTurned ? oldest : undefined,
    }),
    isContradicted: isStillContradicted(lane, epochs, alarmed !== undefined),
    latest: [...lane.latest, why ?? null].slice(-LATEST),
    reasons: why ? { ...lane.reasons, [why]: (lane.reasons[why] ?? 0) + 1 } : lane.reasons,
  }
}

/**
 * The verdict looks back to the change, until something breaks: then to the epoch that noticed, and from there on afresh.
 * Where the share must be exact, one unusable answer spoils all; enough clean ones after it stand for themselves.
 */
function windowOf(
  lane: LaneRecord,
  tally: Tally,
  { clean, alarmed, turned }: { clean: Tally; alarmed: Epoch | undefined; turned: Epoch | undefined },
): Tally {
  if (alarmed && !lane.isContradicted) return alarmed.tally
  const isMixed = () => outcomeOf(countsOf(tally), lane.expected) === 'mixed'
  if (isExact(lane.expected) && recognisedIn(clean) === CERTAIN_AFTER && isMixed()) return clean
  if (!turned || turned.hasAlarmed) return tally
  return lane.isContradicted || isMixed() ? turned.tally : tally
}

function isStillContradicted(lane: LaneRecord, epochs: readonly Epoch[], hasAlarmed: boolean): boolean {
  if (hasAlarmed) return true
  if (!lane.isContradicted || epochs.some(each => each.hasAlarmed)) return lane.isContradicted
  return outcomeOf(countsOf(lane.tally), lane.expected) !== 'as-configured'
}

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
