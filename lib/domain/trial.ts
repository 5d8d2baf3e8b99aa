import type { DecisionView } from '@/lib/domain/decision-view'
import type { Release } from '@/lib/domain/model/release'
import type { Params } from '@/lib/domain/problem'
import { type TrialRung, type TrialWord, trialWordOf } from '@/lib/domain/trial-word'

const RULES = ['header', 'cookie', 'weight'] as const

/**
 * One line of a tried request. passed: goes on to the next; decides: here it is decided; would-decide: so it would be, were
 * not something above unknown; not-reached: something above decided.
 */
export type TrialLine = {
  rung: TrialRung
  word: TrialWord
  state: 'passed' | 'decides' | 'would-decide' | 'not-reached'
  params: Params
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
    const word = trialWordOf(step)
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
