import type { DecisionView } from '@/lib/domain/decision-view'
import type { Release } from '@/lib/domain/model/release'
import type { Params } from '@/lib/domain/problem'

const RULES = ['header', 'cookie', 'weight'] as const

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

/**
 * One line of a tried request. passed: goes on to the next; decides: here it is decided; would-decide: so it would be, were
 * not something above unknown; not-reached: something above decided.
 */
export type TrialLine = {
  rung: 'location' | 'endpoints' | 'affinity' | 'alternative' | (typeof RULES)[number]
  word: TrialWord
  state: 'passed' | 'decides' | 'would-decide' | 'not-reached'
  params: Params
}

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

function wordOf({ rung, params }: Said): Pick<TrialLine, 'rung' | 'word'> | null {
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

/** Nobody is held to a version where neither side has affinity: known once the canary's rules are asked. */
function withoutAffinity({ steps, because }: DecisionView, lines: readonly TrialLine[]): TrialLine[] {
  const isKnown = because === 'none' || steps.some(({ rung }) => rung === 'header')
  if (!isKnown || lines.some(({ rung }) => rung === 'affinity')) return [...lines]
  const none: TrialLine = { rung: 'affinity', word: 'affinity-none', state: 'passed', params: {} }
  const at = lines.findIndex(({ rung }) => rung === 'endpoints') + 1
  return [...lines.slice(0, at), none, ...lines.slice(at)]
}

/** What every rung says of a tried request, in the order in which the controller asks, and which one decides. */
export function trialLines(view: DecisionView): TrialLine[] {
  const { steps, because, to } = view
  const isOpen = to === 'unknown'
  const said = steps.flatMap(step => {
    const word = wordOf(step)
    if (!word) return []
    const decides = isOpen ? step.rung === because : step.decided
    const state = decides ? 'decides' : step.decided ? 'would-decide' : 'passed'
    return [{ ...word, state, params: step.params } satisfies TrialLine]
  })
  const lines = withoutAffinity(view, said)
  if (because === 'none' && to === 'stable')
    lines.push({ rung: 'alternative', word: 'alternative-none', state: 'decides', params: {} })
  const rest = RULES.filter(rung => lines.every(line => line.rung !== rung))
  return [
    ...lines,
    ...rest.map(rung => ({ rung, word: 'not-reached', state: 'not-reached', params: {} }) as const),
  ]
}

/** Do the rules of this release decide on the request, or would they, had its canary endpoints. */
export function isDecidedBy({ release, route }: DecisionView, { id }: Pick<Release, 'id'>): boolean {
  return release === id.name && (route?.releaseNamespace ?? route?.namespace) === id.namespace
}

/** The rung of the release's ladder that decides a request; null where it is none of them. */
export type LadderRung = 'affinity' | 'header' | 'cookie' | 'weight' | 'rest'

/** Which rung of this release's ladder decides; null where something before them does, or another release. */
export function ladderRungOf(view: DecisionView, release: Pick<Release, 'id'>): LadderRung | null {
  const { because, to } = view
  if (!isDecidedBy(view, release) || to === 'unknown') return null
  if (because === 'weight') return to === 'stable' ? 'rest' : 'weight'
  if (because === 'alternative') return 'rest'
  return because === 'affinity' || because === 'header' || because === 'cookie' ? because : null
}
