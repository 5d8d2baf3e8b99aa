import { deadFindings, wholeFinding } from '@/lib/domain/dead-finding'
import { findingOf } from '@/lib/domain/finding'
import { affinityFindings } from '@/lib/domain/lint/affinity-rules'
import { endpointFindings } from '@/lib/domain/lint/endpoint-rules'
import { keeperFindings } from '@/lib/domain/lint/keeper'
import { mendingOf } from '@/lib/domain/lint/mend'
import { numberFindings } from '@/lib/domain/lint/number-rules'
import { ordinaryFindings } from '@/lib/domain/lint/ordinary-rules'
import { reachFindings } from '@/lib/domain/lint/reach-rules'
import { ruleFindings } from '@/lib/domain/lint/rule-rules'
import type { Subject } from '@/lib/domain/lint/subject'
import { upkeepFindings } from '@/lib/domain/lint/upkeep-rules'
import type { Finding } from '@/lib/domain/model/release'

const RULES: readonly ((subject: Subject) => Finding[])[] = [
  numberFindings,
  ruleFindings,
  reachFindings,
  endpointFindings,
  affinityFindings,
  ordinaryFindings,
  upkeepFindings,
]

/** L47: while nginx refuses its configuration, no canary of its class can be changed. */
const refusals = ({ routing }: Subject): Finding[] =>
  routing.duplicates.map(({ target, where, ingresses }) =>
    findingOf('L47', where, { target, ingresses: ingresses.join(', ') }),
  )

/**
 * Everything the API objects show to be wrong with one canary. Where the controller does not take the object for a canary,
 * or does not see it, only that is said: the rest would be about what nobody reads.
 *
 * Limits: L14 cannot be seen in objects (an edit that would be lost is refused instead), and L15, L35, L40, L42 and L43 are
 * about the controller. Source: canary-semantics.md, part C.
 */
export function lintOf(subject: Subject): Finding[] {
  const { canary, paths } = subject
  const kept = keeperFindings(canary)
  const whole = wholeFinding(canary, paths)
  if (whole) return [whole, ...kept]
  const found = [
    ...deadFindings(canary, paths),
    ...refusals(subject),
    ...RULES.flatMap(rule => rule(subject)),
  ]
  const marked = found.map(each =>
    mendingOf(each, canary, subject.routing) ? { ...each, canBeMended: true as const } : each,
  )
  return [...marked, ...kept]
}
