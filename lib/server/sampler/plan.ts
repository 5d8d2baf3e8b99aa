import 'server-only'
import { decide } from '@/lib/domain/decide'
import { requestOf } from '@/lib/domain/decision-view'
import { headerMark } from '@/lib/domain/mark'
import type { Rules } from '@/lib/domain/model/release'
import type { Abilities, Decision } from '@/lib/domain/model/routing'
import type { CannotMeasure, Lane } from '@/lib/domain/model/samples'
import type { SamplingFacts } from '@/lib/server/sampler/facts'
import type { Reach } from '@/lib/server/sampler/reachability'

/** The request a lane asks with. `mark` is what it carries, as text; `headers` the same as sent, names in lower case. */
export type Question = { lane: Lane; mark: string; headers: Readonly<Record<string, string>> }

/** A lane as it is configured now. `expected` is a fraction 0…1; `why` says why it cannot be measured, else null. */
export type LanePlan = Question & { expected: number; why: CannotMeasure | null }

/**
 * The one question that reaches a canary at weight 0 and without a rule.
 * Source: ingress-nginx 1.15.1, balancer.lua: without a cookie rule a cookie with an empty name is looked up.
 */
export const PARKED: Pick<Question, 'headers'> = { headers: { cookie: '=always' } }

/** Host and path that a release's probes ask for. */
export type Place = { host: string; path: string }

/** nginx drops headers with `_` and reads one in a rule's name as `-`. */
const sentName = (name: string) => name.toLowerCase().replaceAll('_', '-')

/** What the lanes of these rules ask with; null where a pattern needs an example. */
export function questionsOf({ header, cookie }: Rules): { lane: Lane; question: Question | null }[] {
  const mark = header && headerMark(header)
  const byHeader = mark && {
    lane: 'header' as const,
    mark: `${mark.name}: ${mark.value}`,
    headers: { [sentName(mark.name)]: mark.value },
  }
  const byCookie = {
    lane: 'cookie' as const,
    mark: `${cookie}=always`,
    headers: { cookie: `${cookie}=always` },
  }
  return [
    { lane: 'everyone', question: { lane: 'everyone', mark: '', headers: {} } },
    ...(header ? [{ lane: 'header' as const, question: byHeader }] : []),
    ...(cookie === null ? [] : [{ lane: 'cookie' as const, question: byCookie }]),
  ]
}

/** The canary's share among requests like this, by the rules; null where they cannot be modelled or land elsewhere. */
export function expectedOf(
  facts: SamplingFacts,
  place: Place,
  { headers }: Pick<Question, 'headers'>,
): number | null {
  const { location, to, canaryShare, canary } = decisionOf(facts, place, { headers, ready: () => true })
  const route = facts.release.routes.find(each => each.live)
  const isOurs = location?.ingress.name === route?.ingress && location?.ingress.namespace === route?.namespace
  if (!isOurs || to === '404' || to === '503') return null
  return canary && canary.uid !== facts.canary.uid ? 0 : canaryShare
}

/** What the controller decides on a request like this, as far as it is not drawn. */
export function decisionOf(
  { routing, matches }: SamplingFacts,
  place: Place,
  { headers, ready }: { headers: Question['headers']; ready: Abilities['ready'] },
): Decision {
  return decide(routing, requestOf({ ...place, headers }), { matches, draw: null, ready })
}

/**
 * The lanes of a release as it is configured now, each with the share its answers must show.
 * Limits: a canary without endpoints still counts as configured: that its share is missing is what answers must show.
 */
export function planOf(facts: SamplingFacts, place: Place): LanePlan[] {
  const isEmpty = decisionOf(facts, place, { headers: {}, ready: facts.ready }).to === '503'
  return questionsOf(facts.release.rules).map(({ lane, question }) => {
    const expected = question && expectedOf(facts, place, question)
    const known = { ...(question ?? { lane, mark: '', headers: {} }), expected: expected ?? 0 }
    if (facts.release.state === 'dead') return { ...known, why: 'dead' }
    if (isEmpty) return { ...known, why: 'stable-empty' }
    return { ...known, why: expected === null ? 'needs-example' : null }
  })
}

/**
 * Whether a parked canary can be asked for an answer.
 * Limits: without endpoints of its own stable answers, and without stable's nobody does: neither says anything of it.
 */
export function reachOf(facts: SamplingFacts, place: Place): Reach {
  if (facts.release.state !== 'parked' || expectedOf(facts, place, PARKED) !== 1) return null
  const { to } = decisionOf(facts, place, { ...PARKED, ready: facts.ready })
  return to === 'canary' || to === 'unknown' ? 'can-be-asked' : 'cannot-be-asked'
}
