/** Wald's test whether a stream has moved from one share to another. `rejections`: how often it said "still as before". */
export type Sprt = { logRatio: number; rejections: number; hasMoved: boolean }

/** The share before a change and after it, fractions 0…1. */
export type Shares = { before: number; after: number }

const ERROR = 0.001
/** Shares of 0 and 1 are taken as one in 2,000, so that no single answer makes the other side impossible. */
const CERTAIN = 0.0005
const REJECT_AT = Math.log(ERROR / (1 - ERROR))

const clamped = (share: number) => Math.min(1 - CERTAIN, Math.max(CERTAIN, share))

/** No answer yet: it may be as before or as after. */
export const notYetMoved: Sprt = { logRatio: 0, rejections: 0, hasMoved: false }

/** A test that ended with "still as before" is followed by a stricter one; together they err less than twice in 1,000. */
const acceptAt = ({ rejections }: Sprt) => Math.log((1 - ERROR) / (ERROR / (rejections + 1) ** 2))

const onHit = ({ before, after }: Shares) => Math.log(clamped(after) / clamped(before))
const onMiss = ({ before, after }: Shares) => Math.log((1 - clamped(after)) / (1 - clamped(before)))

/**
 * Adds one answer. A controller that is late makes the test say "still as before": it starts anew; one that has moved, and
 * then answers so that nothing speaks for it any more, has not moved.
 * Limits: errs at most once in 1,000 either way; where `before` equals `after` nothing can ever be told.
 * Source: Wald, sequential probability ratio test, α = β = 0.1 %.
 */
export function withStep(test: Sprt, isHit: boolean, shares: Shares): Sprt {
  const accept = acceptAt(test)
  const logRatio = Math.min(accept, test.logRatio + (isHit ? onHit(shares) : onMiss(shares)))
  if (logRatio <= REJECT_AT) return { logRatio: 0, rejections: test.rejections + 1, hasMoved: false }
  return { ...test, logRatio, hasMoved: logRatio >= accept || (test.hasMoved && logRatio > 0) }
}

/** The latest answers that, taken together, speak for the move: how strongly, and since when; null where none do. */
export type Stretch = { logRatio: number; sinceMs: number | null }

export const noStretch: Stretch = { logRatio: 0, sinceMs: null }

/**
 * Adds one answer that came at `atMs` to the stretch; one that speaks strongly for what was before ends it.
 * Source: Page, cumulative sum: the moment at which the sum last left zero is where the change is most likely.
 */
export function withStretch(
  stretch: Stretch,
  isHit: boolean,
  { atMs, ...shares }: Shares & { atMs: number },
): Stretch {
  const logRatio = Math.min(-REJECT_AT, stretch.logRatio + (isHit ? onHit(shares) : onMiss(shares)))
  return logRatio <= 0 ? noStretch : { logRatio, sinceMs: stretch.sinceMs ?? atMs }
}

/** About how many more answers the test needs if the change has taken effect; null where it can never tell. */
export function answersUntilMoved(test: Sprt, shares: Shares): number | null {
  if (test.hasMoved) return 0
  const after = clamped(shares.after)
  const perAnswer = after * onHit(shares) + (1 - after) * onMiss(shares)
  return perAnswer < 1e-6 ? null : Math.max(1, Math.ceil((acceptAt(test) - test.logRatio) / perAnswer))
}
