import { logBeta } from '@/lib/domain/log-beta'

/** Answers of one stream that test one share: `hits` of `answers`, and how strongly they speak against it. */
export type EProcess = { hits: number; answers: number; logE: number }

type Prior = { hits: number; misses: number }

const CERTAIN = 0.005

/** What is believed before the first answer: twenty answers' worth of the share under test, never quite certain. */
export function priorOf(share: number): Prior {
  const mean = Math.min(1 - CERTAIN, Math.max(CERTAIN, share))
  return { hits: 20 * mean, misses: 20 * (1 - mean) }
}

/** No answers yet: nothing speaks against the share. */
export const noEvidence: EProcess = { hits: 0, answers: 0, logE: 0 }

/**
 * Adds one answer to the evidence against `share`; constant time, exact for any number of answers and any peeking.
 *
 * Units: `share` is a fraction 0…1; `logE` is natural. P(E ever ≥ 1/α) ≤ α while `share` is true (Ville).
 * Limits: at a share of 0 or 1 one contrary answer is proof: `logE` becomes Infinity and stays.
 * Source: Beta–Binomial e-process, Lindon and Malek, arXiv 2011.03567, in two categories.
 */
export function withAnswer({ hits, answers, logE }: EProcess, isHit: boolean, share: number): EProcess {
  const prior = priorOf(share)
  const seen = isHit ? prior.hits + hits : prior.misses + answers - hits
  const predicted = seen / (prior.hits + prior.misses + answers)
  const claimed = isHit ? share : 1 - share
  return {
    hits: hits + (isHit ? 1 : 0),
    answers: answers + 1,
    logE: claimed > 0 ? logE + Math.log(predicted / claimed) : Number.POSITIVE_INFINITY,
  }
}

const times = (count: number, log: number) => (count === 0 ? 0 : count * log)

/**
 * The evidence that counts alone give against `share`, all at once; the counts may be fractions.
 * Units: natural logarithm. `prior` is that of the share under test, also where another share is asked about.
 */
export function logEvidence(
  { hits, answers }: { hits: number; answers: number },
  share: number,
  prior: Prior = priorOf(share),
): number {
  const misses = answers - hits
  const mixed = logBeta(prior.hits + hits, prior.misses + misses) - logBeta(prior.hits, prior.misses)
  return mixed - times(hits, Math.log(share)) - times(misses, Math.log1p(-share))
}
