import type { Params } from '@/lib/domain/problem'
import type { TrialWord } from '@/lib/domain/trial-word'
import { grouped } from '@/lib/language/plural'
import { code, type Piece, type Rich, rich } from '@/lib/language/rich'

const LONGEST = 80

/** A name or value as the request or the cluster has it, cut where it is too long to be read. */
export const named = (params: Params, key: string): Piece => {
  const text = String(params[key] ?? '–')
  return code(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text === '' ? '""' : text)
}

/** A figure of the params, with its thousands apart. */
export const figure = (params: Params, key: string): string => grouped(Number(params[key] ?? 0))

/** The route of the params, as people write it. */
export const routeNamed = (params: Params): Piece =>
  named({ at: `${params.host ?? ''}${params.path ?? ''}` }, 'at')

/** What each rung says of a tried request. */
export const trialSays: Record<TrialWord, (params: Params) => Rich> = {
  'location-found': p =>
    rich`${routeNamed(p)} of ${named({ at: `${p.namespace}/${p.ingress}` }, 'at')} leads to ${named(p, 'service')}`,
  'location-nowhere': () => rich`no route takes it`,
  'location-unknown': () => rich`a host or path is a pattern that cannot be judged here`,
  'endpoints-ready': p => rich`${named(p, 'service')} has ready endpoints`,
  'endpoints-unknown': p => rich`whether ${named(p, 'service')} has ready endpoints cannot be read`,
  'endpoints-instead': p =>
    rich`${named(p, 'service')} has no ready endpoint, ${named(p, 'instead')} stands in for it`,
  'endpoints-none': p => rich`${named(p, 'service')} has no ready endpoint`,
  'endpoints-removed': p => rich`a canary without a route takes ${named(p, 'service')} away from everybody`,
  'affinity-none': () => rich`none`,
  'affinity-not-held': p =>
    rich`${named(p, 'cookie')} does not hold it to ${p.side === 'canary' ? 'canary' : 'stable'}`,
  'affinity-stable': p => rich`${named(p, 'cookie')} holds it to stable`,
  'affinity-canary': p => rich`${named(p, 'cookie')} holds it to the canary`,
  'alternative-ready': p => rich`${named(p, 'service')} of ${named(p, 'canary')} has ready endpoints`,
  'alternative-unknown': p => rich`whether ${named(p, 'service')} has ready endpoints cannot be read`,
  'alternative-empty': p => rich`${named(p, 'service')} has no ready endpoint, so everyone gets stable`,
  'alternative-removed': p =>
    rich`another canary without a route takes ${named(p, 'service')} away, so everyone gets stable`,
  'alternative-none': () => rich`no canary acts on this route`,
  'header-no-rule': () => rich`no rule`,
  'header-absent': p => rich`no ${named(p, 'name')}`,
  'header-equal': p => rich`${named(p, 'name')} is ${named(p, 'got')}`,
  'header-different': p => rich`${named(p, 'name')} is ${named(p, 'got')}, not ${named(p, 'value')}`,
  'header-always': p => rich`${named(p, 'name')} is ${code('always')}`,
  'header-never': p => rich`${named(p, 'name')} is ${code('never')}`,
  'header-other': p => rich`${named(p, 'name')} is ${named(p, 'got')}, neither always nor never`,
  'header-match': p => rich`${named(p, 'name')}, ${named(p, 'got')}, matches ${named(p, 'pattern')}`,
  'header-no-match': p =>
    rich`${named(p, 'name')}, ${named(p, 'got')}, does not match ${named(p, 'pattern')}`,
  'header-broken': p =>
    rich`${named(p, 'pattern')} does not compile, which sends everyone with ${named(p, 'name')} to stable`,
  'header-unknown': p =>
    rich`whether ${named(p, 'got')} matches ${named(p, 'pattern')} cannot be judged here`,
  'cookie-no-rule': () => rich`no rule`,
  'cookie-absent': p => rich`no ${named(p, 'name')}`,
  'cookie-always': p => rich`${named(p, 'name')} is ${code('always')}`,
  'cookie-never': p => rich`${named(p, 'name')} is ${code('never')}`,
  'cookie-other': p => rich`${named(p, 'name')} is ${named(p, 'got')}, neither always nor never`,
  'cookie-nameless-always': () => rich`no rule, so a cookie without a name counts: it is ${code('always')}`,
  'cookie-nameless-never': () => rich`no rule, so a cookie without a name counts: it is ${code('never')}`,
  'weight-all': p => rich`${figure(p, 'weight')} of ${figure(p, 'total')}, so everyone that is left`,
  'weight-none': p => rich`${figure(p, 'weight')} of ${figure(p, 'total')}, so nobody`,
  'weight-split': p =>
    rich`${figure(p, 'weight')} of each ${figure(p, 'total')}, drawn anew for each request`,
  'weight-drawn': p =>
    rich`${figure(p, 'weight')} of each ${figure(p, 'total')}, and ${figure(p, 'drawn')} was drawn`,
  'not-reached': () => rich`not reached`,
}
