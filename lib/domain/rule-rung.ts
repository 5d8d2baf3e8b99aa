import type { CanarySetting } from '@/lib/domain/annotation'
import { nginxCookie } from '@/lib/domain/cookie'
import { cookieLines, headerFor } from '@/lib/domain/header'
import type { Abilities, IncomingRequest } from '@/lib/domain/model/routing'
import type { Params } from '@/lib/domain/problem'

type Rules = Pick<CanarySetting, 'weight' | 'weightTotal' | 'header' | 'value' | 'pattern' | 'cookie'>

/** What one rule says of a request: null goes on to the next one. `params.said` names it for the reader. */
export type RuleWord = { to: 'stable' | 'canary' | 'unknown' | null; params: Params }

const alwaysNever = (text: string): { to: 'stable' | 'canary' | null; said: string } => {
  if (text === 'always') return { to: 'canary', said: 'always' }
  return text === 'never' ? { to: 'stable', said: 'never' } : { to: null, said: 'other' }
}

function byPattern(pattern: string, text: string, matches: Abilities['matches']) {
  const found = matches(pattern, text)
  // A pattern that does not compile sends everybody who carries the header to stable: cookie and weight are not asked.
  if (found === 'broken') return { to: 'stable', said: 'broken' } as const
  if (found === 'unknown') return { to: 'unknown', said: 'unknown' } as const
  return { to: found ? 'canary' : null, said: found ? 'match' : 'no-match' } as const
}

/** The header rule. Source: ingress-nginx 1.15.1, balancer.lua; a value hides the pattern and always/never. */
export function byHeader(rules: Rules, request: IncomingRequest, matches: Abilities['matches']): RuleWord {
  const { header: name, value, pattern } = rules
  if (name === '') return { to: null, params: { said: 'no-rule' } }
  const rule = { name, value: value || null, pattern: (!value && pattern) || null }
  const got = headerFor(request, name)
  if (got === null) return { to: null, params: { ...rule, got, said: 'absent' } }
  if (value !== '') {
    const isEqual = got === value
    return { to: isEqual ? 'canary' : null, params: { ...rule, got, said: isEqual ? 'equal' : 'different' } }
  }
  const { to, said } = pattern === '' ? alwaysNever(got) : byPattern(pattern, got, matches)
  return { to, params: { ...rule, got, said } }
}

/** The cookie rule; without one the controller asks for a cookie with an empty name, and may find one. */
export function byCookie({ cookie: name }: Rules, request: IncomingRequest): RuleWord {
  const got = nginxCookie(cookieLines(request), name)
  const rule = { name: name || null, got }
  if (got === null) return { to: null, params: { ...rule, said: name === '' ? 'no-rule' : 'absent' } }
  const { to, said } = alwaysNever(got)
  return { to, params: { ...rule, said: to === null && name === '' ? 'no-rule' : said } }
}

/** The weight; without a draw a chance between none and all is a split. Units: `share` is a fraction 0…1. */
export function byWeight(
  { weight, weightTotal }: Rules,
  draw: Abilities['draw'],
): { to: 'stable' | 'canary' | 'split'; share: number; params: Params } {
  const total = weightTotal > 100 ? weightTotal : 100
  const share = Math.min(1, Math.max(0, weight / total))
  const isCertain = share === 0 || share === 1
  const drawn = draw && !isCertain ? draw(total) : null
  const params = { weight, total, drawn }
  if (drawn !== null) return { to: drawn <= weight ? 'canary' : 'stable', share, params }
  if (isCertain) return { to: share === 1 ? 'canary' : 'stable', share, params }
  return { to: 'split', share, params }
}
