import { type EProcess, noEvidence, withAnswer } from '@/lib/domain/e-process'
import type { Answered } from '@/lib/domain/model/samples'
import type { Counts } from '@/lib/domain/verdict'

/** Answers by what they showed. `blocked` never reached the controller's choice, so it speaks for neither version. */
export type Tally = Readonly<Record<Answered | 'blocked', number>>

/** One stretch of answers with evidence of its own: `least` counts the unusable as stable, `most` as canary. */
export type Epoch = {
  tally: Tally
  least: EProcess
  most: EProcess
  /** The first after a change is the sensitive one; later ones only have to notice that something broke. */
  isFirst: boolean
  hasAlarmed: boolean
}

export const noAnswers: Tally = { stable: 0, canary: 0, unknown: 0, error: 0, blocked: 0 }

/** Recognised answers in an epoch, and how many apart epochs begin. */
export const EPOCH = 500
export const STAGGER = 250

const ALARM_FIRST = Math.log(1e2)
const ALARM_LATER = Math.log(1e5)

export const newEpoch = (isFirst: boolean): Epoch => ({
  tally: noAnswers,
  least: noEvidence,
  most: noEvidence,
  isFirst,
  hasAlarmed: false,
})

/** Answers that showed their version. */
export const recognisedIn = ({ stable, canary }: Tally): number => stable + canary

/** A tally as the verdict reads it: unknown and error answers might be of either version. */
export const countsOf = ({ stable, canary, unknown, error }: Tally): Counts => ({
  stable,
  canary,
  unusable: unknown + error,
})

export const withTallied = (tally: Tally, answered: keyof Tally): Tally => ({
  ...tally,
  [answered]: tally[answered] + 1,
})

/** Adds one answer. An alarm needs the share to be wrong on the same side however the unusable are counted, and stays. */
export function withEpochAnswer(epoch: Epoch, answered: keyof Tally, expected: number): Epoch {
  const tally = withTallied(epoch.tally, answered)
  if (answered === 'blocked') return { ...epoch, tally }
  const least = withAnswer(epoch.least, answered === 'canary', expected)
  const most = withAnswer(epoch.most, answered !== 'stable', expected)
  const alarm = epoch.isFirst ? ALARM_FIRST : ALARM_LATER
  const tooFew = most.hits / most.answers < expected && most.logE >= alarm
  const tooMany = least.hits / least.answers > expected && least.logE >= alarm
  return { ...epoch, tally, least, most, hasAlarmed: epoch.hasAlarmed || tooFew || tooMany }
}
