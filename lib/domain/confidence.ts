import { logEvidence } from '@/lib/domain/e-process'

/** Evidence beyond which a share is no longer believed: 1 / α with α = 1 %. */
export const LOG_BELIEF = Math.log(100)

/** The shares that the answers do not speak against, as fractions 0…1. */
export type Band = { low: number; high: number }

/** Before the first answer every share is as likely as any other. */
const UNIFORM = { hits: 1, misses: 1 }
const HALVINGS = 40

/** Do the answers refute this share, at 1 %, at any time and with any peeking; at a share of 0 or 1: never. */
export const refutes = (counts: { hits: number; answers: number }, share: number): boolean =>
  share > 0 && share < 1 && logEvidence(counts, share, UNIFORM) >= LOG_BELIEF

/**
 * The 99 % confidence sequence: the shares that answers have not refuted, valid at any time with any peeking.
 * Units: fractions 0…1; without answers everything from 0 to 1 is possible.
 */
export function bandOf(counts: { hits: number; answers: number }): Band {
  const { hits, answers } = counts
  if (answers === 0) return { low: 0, high: 1 }
  const edge = (doubted: number) => {
    let [out, within] = [doubted, hits / answers]
    for (let step = 0; step < HALVINGS; step++) {
      const middle = (out + within) / 2
      if (refutes(counts, middle)) out = middle
      else within = middle
    }
    return within
  }
  return { low: hits === 0 ? 0 : edge(0), high: hits === answers ? 1 : edge(1) }
}
