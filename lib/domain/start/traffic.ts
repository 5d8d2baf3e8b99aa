import type { Rules } from '@/lib/domain/model/release'
import type { Abilities } from '@/lib/domain/model/routing'
import type { StartPlan } from '@/lib/domain/model/start'
import { ok, type Result } from '@/lib/domain/problem'
import type { RulesInput } from '@/lib/domain/rule-check'
import { rulesPatch } from '@/lib/domain/rules'
import type { StartChoice } from '@/lib/domain/start/choice'
import { weightPatch } from '@/lib/domain/weight'

const NO_RULES = { header: null, cookie: null }

function rulesOf({ header, cookie }: RulesInput): Rules | null {
  if (!header && cookie === null) return null
  if (!header) return { header: null, cookie }
  const { name, value, pattern, example } = header
  const rule = {
    name,
    ...(value !== undefined && { value }),
    ...(pattern !== undefined && { pattern }),
    ...(example !== undefined && { example }),
  }
  return { header: rule, cookie }
}

/**
 * The traffic a start is to give its canary once it has answered, checked as a later change of it would be.
 * Errors: `invalid-input` with fields such as `weight` and `header.name`. Units: parts of 100.
 */
export function trafficOf(
  { name, rules = NO_RULES, weight = 0 }: Pick<StartChoice, 'rules' | 'weight'> & { name: string },
  abilities: { sessionCookieName: string | null; matches: Abilities['matches'] },
): Result<Pick<StartPlan, 'rules' | 'weight'>> {
  const parked = {
    id: { cluster: '', namespace: '', name },
    owner: null,
    findings: [],
    rules: NO_RULES,
    weight: 0,
    weightTotal: 100,
  }
  const written = rulesPatch(parked, { annotations: {} }, rules, abilities)
  if (!written.ok) return written
  const moved = weightPatch(parked, { weight })
  return moved.ok ? ok({ rules: rulesOf(rules), weight }) : moved
}
