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
import type { Answered, CannotMeasure } from '@/lib/domain/model/samples'
import { CERTAIN_AFTER, isExact, outcomeOf } from '@/lib/domain/verdict'

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

/** Answers that `latest` keeps. */
export const LATEST = 10
/** These stop a request before the controller chooses a version. */
const BLOCKED: ReadonlySet<CannotMeasure> = new Set([
  'gateway-unreachable',
  'tls-not-verified',
  'forbidden-target',
  'no-gateway',
])

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
