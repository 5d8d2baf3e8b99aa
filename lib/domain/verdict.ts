import { LOG_BELIEF, refutes } from '@/lib/domain/confidence'
import { logEvidence } from '@/lib/domain/e-process'

/** Answers of one lane; `unusable` are those whose version is not known: they might be either. Fractions in projections. */
export type Counts = { stable: number; canary: number; unusable: number }

/** What counts alone say: `mixed` where the unusable ones could turn it either way. */
export type Outcome = 'as-configured' | 'not-as-configured' | 'open' | 'mixed'

/** At a share of 0 or 1: answers without a contrary one that make it believed. */
export const CERTAIN_AFTER = 90
/** A verdict further away than this is as good as none. */
const FARTHEST = 20_000
/** Fewer unusable answers than this may still be noise of the first moments. */
const FEW_UNUSABLE = 5

/** Must every answer be of one version: at a share of 0 or 1. */
export const isExact = (expected: number) => expected <= 0 || expected >= 1

/** How far the share may be from what is configured and still count as configured: 3 to 10 points; 0 where it must be exact. */
export const toleranceOf = (expected: number): number =>
  isExact(expected) ? 0 : Math.min(0.1, Math.max(0.03, Math.min(expected, 1 - expected)))

const allOf = ({ stable, canary, unusable }: Counts) => stable + canary + unusable

/** The band of every way to count the unusable lies within the tolerance, and each version has answered. */
function isWithin(counts: Counts, expected: number): boolean {
  const { stable, canary, unusable } = counts
  const answers = allOf(counts)
  if (stable < 1 || canary < 1) return false
  const [low, high] = [expected - toleranceOf(expected), expected + toleranceOf(expected)]
  if (canary / answers <= low || (canary + unusable) / answers >= high) return false
  const isAbove = low <= 0 || refutes({ hits: canary, answers }, low)
  return isAbove && (high >= 1 || refutes({ hits: canary + unusable, answers }, high))
}

/** Which side of the expected share the answers prove, with this many of them taken as the canary's. */
function contrarySide(hits: number, answers: number, expected: number): 'below' | 'above' | null {
  if (answers === 0 || logEvidence({ hits, answers }, expected) < LOG_BELIEF) return null
  return hits / answers < expected ? 'below' : 'above'
}

/** Too few, or too many, canary answers: however the unusable are counted, or only in one way to count them. */
function contraryOf(counts: Counts, expected: number): 'surely' | 'perhaps' | null {
  const sides = [counts.canary, counts.canary + counts.unusable].map(hits =>
    contrarySide(hits, allOf(counts), expected),
  )
  const [least, most] = sides
  if (least !== null && least === most) return 'surely'
  return least !== null || most !== null ? 'perhaps' : null
}

function exactOutcome({ stable, canary, unusable }: Counts, expected: number): Outcome {
  const contrary = expected <= 0 ? canary : stable
  if (contrary > 0) return 'not-as-configured'
  if (unusable > 0) return 'mixed'
  return stable + canary >= CERTAIN_AFTER ? 'as-configured' : 'open'
}

/**
 * What the answers counted so far say of a share, without the memory of alarms (that is the lane's).
 * Units: `expected` is a fraction 0…1; at a share between 0 and 1 only an epoch's alarm makes it *not as configured*. A verdict holds only if it is the same with all unusable counted as either version.
 */
export function outcomeOf(counts: Counts, expected: number): Outcome {
  if (isExact(expected)) return exactOutcome(counts, expected)
  if (isWithin(counts, expected)) return 'as-configured'
  if (counts.unusable < FEW_UNUSABLE) return 'open'
  const contrary = contraryOf(counts, expected)
  if (contrary !== null) return contrary === 'surely' ? 'open' : 'mixed'
  return answersMissing(counts, expected) === null ? 'mixed' : 'open'
}

/** The counts if `more` answers came in the proportions seen so far; before any, in those configured. */
function projected(counts: Counts, expected: number, more: number): Counts {
  const answers = allOf(counts)
  if (answers === 0) return { stable: more * (1 - expected), canary: more * expected, unusable: 0 }
  const grow = (count: number) => count + (more * count) / answers
  return { stable: grow(counts.stable), canary: grow(counts.canary), unusable: grow(counts.unusable) }
}

function smallest(holds: (more: number) => boolean): number | null {
  let high = 1
  while (!holds(high)) {
    high *= 2
    if (high > FARTHEST) return null
  }
  let low = Math.floor(high / 2)
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/**
 * About how many more answers until a verdict, if they go on as they are; null where they never lead to one.
 * Units: answers: the fewest that would satisfy *as configured*, else those that would refute it.
 */
export function answersMissing(counts: Counts, expected: number): number | null {
  if (isExact(expected)) return Math.max(0, CERTAIN_AFTER - counts.stable - counts.canary)
  if (isWithin(counts, expected)) return 0
  const within = smallest(more => isWithin(projected(counts, expected, more), expected))
  return within ?? smallest(more => contraryOf(projected(counts, expected, more), expected) === 'surely')
}
