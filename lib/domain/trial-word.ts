import type { DecisionView } from '@/lib/domain/decision-view'
import type { Params } from '@/lib/domain/problem'

/** What the header rule, or the cookie rule, may say of a request. */
const HEADER_WORDS = [
  'no-rule',
  'absent',
  'equal',
  'different',
  'always',
  'never',
  'other',
  'match',
  'no-match',
  'broken',
  'unknown',
] as const
const COOKIE_WORDS = [
  'no-rule',
  'absent',
  'always',
  'never',
  'other',
  'nameless-always',
  'nameless-never',
] as const

/** A rung that a request can come to. */
export type TrialRung = 'location' | 'endpoints' | 'affinity' | 'alternative' | 'header' | 'cookie' | 'weight'

/** What one rung says of a request, named for the reader. */
export type TrialWord =
  | `location-${'found' | 'nowhere' | 'unknown'}`
  | `endpoints-${'ready' | 'unknown' | 'instead' | 'none' | 'removed'}`
  | `affinity-${'none' | 'not-held' | 'stable' | 'canary'}`
  | `alternative-${'ready' | 'unknown' | 'empty' | 'removed' | 'none'}`
  | `header-${(typeof HEADER_WORDS)[number]}`
  | `cookie-${(typeof COOKIE_WORDS)[number]}`
  | `weight-${'all' | 'none' | 'split' | 'drawn'}`
  | 'not-reached'

type Said = DecisionView['steps'][number]

function locationWord({ found }: Params): TrialWord {
  if (found === null) return 'location-unknown'
  return found ? 'location-found' : 'location-nowhere'
}

function endpointsWord({ ready, removed, instead }: Params): TrialWord {
  if (ready === true) return 'endpoints-ready'
  if (ready === null) return 'endpoints-unknown'
  if (instead !== null) return 'endpoints-instead'
  return removed ? 'endpoints-removed' : 'endpoints-none'
}

function alternativeWord({ ready, removed }: Params): TrialWord {
  if (ready === true) return 'alternative-ready'
  if (ready === null) return 'alternative-unknown'
  return removed ? 'alternative-removed' : 'alternative-empty'
}

function weightWord({ weight, total, drawn }: Params): TrialWord {
  if (drawn !== null) return 'weight-drawn'
  if (Number(weight) <= 0) return 'weight-none'
  return Number(weight) >= Number(total) ? 'weight-all' : 'weight-split'
}

function cookieWord({ name, said }: Params): TrialWord {
  const isNameless = name === null && (said === 'always' || said === 'never')
  const word = isNameless ? `nameless-${said}` : said
  return `cookie-${COOKIE_WORDS.find(each => each === word) ?? 'other'}`
}

/** What a step of a decision says, named; null for a rung nobody knows. */
export function trialWordOf({ rung, params }: Said): { rung: TrialRung; word: TrialWord } | null {
  switch (rung) {
    case 'location':
      return { rung, word: locationWord(params) }
    case 'endpoints':
      return { rung, word: endpointsWord(params) }
    case 'affinity':
      return {
        rung,
        word: params.holds
          ? `affinity-${params.side === 'canary' ? 'canary' : 'stable'}`
          : 'affinity-not-held',
      }
    case 'alternative':
      return { rung, word: alternativeWord(params) }
    case 'header':
      return { rung, word: `header-${HEADER_WORDS.find(each => each === params.said) ?? 'other'}` }
    case 'cookie':
      return { rung, word: cookieWord(params) }
    case 'weight':
      return { rung, word: weightWord(params) }
    default:
      return null
  }
}
