import { fractionOf } from '@/lib/language/fraction'
import { plural } from '@/lib/language/plural'
import { canary, type Rich, rich, stable, strong } from '@/lib/language/rich'

const grouped = (value: number) => value.toLocaleString('en')

const inWords = (weight: number, total: number) => {
  const { part, whole } = fractionOf(Math.min(weight, total), total)
  return `${grouped(part)} in ${grouped(whole)}`
}

/** Words of the section where the weight is moved. */
export const traffic = {
  heading: 'Traffic',
  fact: (weight: number, total: number) =>
    weight === 0
      ? `Weight 0 of ${grouped(total)}: no unmarked request`
      : weight >= total
        ? `Weight ${grouped(weight)} of ${grouped(total)}: every unmarked request`
        : `Weight ${grouped(weight)} of ${grouped(total)}, which is ${inWords(weight, total)} unmarked requests`,
  factIdle: (weight: number, total: number) =>
    `Weight ${grouped(weight)} of ${grouped(total)}, without effect now`,
  weight: 'Weight',
  of: (total: string) => `of ${total}`,
  total: 'Total',
  outOfRange: (total: string) => `A whole number from 0 to ${total}.`,
  steps: 'Steps',
  slider: 'Weight, draft',
  sliderSays: (draft: string, total: string, configured: string) =>
    draft === configured
      ? `configured ${configured} of ${total}`
      : `draft ${draft} of ${total}, configured ${configured}`,
  configured: (weight: string, total: string) =>
    `configured ${weight}${total === '100' ? '' : ` of ${total}`}`,
  draft: (weight: string) => `draft ${weight}`,
  observed: (share: string) => `observed ${share}`,
  band: (low: string, high: string) => `99 % sure between ${low} and ${high}`,
  notObserved: 'not observed yet',
  notObservedWhy: (why: string) => `not observed: ${why}`,
  apply: (from: string, to: string) => `Apply ${from} → ${to}`,
  applying: (from: string, to: string) => `Writing ${from} → ${to} …`,
  drop: 'Drop draft',
  patch: 'See the patch',
  hidePatch: 'Hide the patch',
  effect: (p: { weight: number; total: number; before: number; canary: string; stable: string }): Rich => {
    if (p.weight === 0)
      return rich`Applying sends ${strong('no')} unmarked request to ${canary(p.canary)}; all get ${stable(p.stable)}.`
    if (p.weight >= p.total)
      return rich`Applying sends ${strong('every')} unmarked request to ${canary(p.canary)}.`
    const change = Math.round((p.weight - p.before) * 100) / 100
    const per = grouped(p.total)
    const moved =
      change === 0 ? '' : `, ${Math.abs(change)} of every ${per} ${change > 0 ? 'more' : 'fewer'} than now`
    return rich`Applying sends ${strong(inWords(p.weight, p.total))} unmarked requests to ${canary(p.canary)}${moved}.`
  },
  effectTotal: 'Weight and total are written together.',
  load: (p: {
    pods: number
    after: string
    now: string
    version: string
    other: string
    otherNow: string
  }): string =>
    `Each of its ${plural(p.pods, 'ready pod', 'ready pods')} would carry ${p.after} parts instead of ${p.now}; a pod of ${p.other} carries ${p.otherNow} now.`,
  loadNobody: (version: string): string =>
    `${version} has no ready pod: until it has one, everyone gets stable whatever the weight is.`,
  same: 'Move the slider, type a number or choose a step: nothing is written before you apply.',
  toAll: {
    title: (version: string) => `Send every unmarked request to ${version}?`,
    text: (p: {
      from: string
      to: string
      total: string
      canary: string
      stable: string
      cluster: string
    }): Rich =>
      rich`On ${strong(p.cluster)} the weight goes from ${p.from} to ${strong(p.to)} of ${p.total}. Only requests that a rule sends elsewhere still get ${stable(p.stable)}; all others get ${canary(p.canary)}.`,
    pods: (ready: string, all: string) => `${ready} of ${all} pods of the canary are ready.`,
  },
  someoneElse: {
    head: (who: string, from: string, to: string) => `${who} changed the weight meanwhile: ${from} → ${to}.`,
    other: (who: string) => `${who} changed this release meanwhile.`,
    keep: (draft: string) => `Your draft ${draft} is kept.`,
    nobody: 'Someone',
  },
  offStale: 'What you see is not current: nothing can be applied before it is.',
  offContact: 'No contact with Halftone: nothing can be applied before it is back.',
  offOwned: (owner: string) => `${owner} manages this Ingress: change the weight there.`,
  offDead: 'This canary does nothing; see the finding above.',
  inEffect: {
    title: 'The last change: ',
    written: (clock: string, due: string) => `written ${clock}, due ${due}`,
    due: (clock: string, missing: string) =>
      `due since ${clock}, not yet distinguishable (about ${missing} more answers)`,
    'in-effect': (clock: string) => `in effect since ${clock}, proven by answers`,
    contradicted: 'the answers contradict it',
    stale: 'not known: what you see is not current',
    unknown: (clock: string) => `written ${clock}; no answer can prove it now`,
  },
}
