import type { DecisionView } from '@/lib/domain/decision-view'
import type { Release } from '@/lib/domain/model/release'
import type { Answered } from '@/lib/domain/model/samples'

/** What one answer says of what was predicted. `reasons`: why they may differ, the likeliest first. */
export type Agreement =
  | { kind: 'as-predicted' | 'proves-nothing' | 'cannot-tell' }
  | { kind: 'differs'; reasons: ('not-due' | 'affinity' | 'elsewhere')[] }

type Answer = { answered: Answered; status: number | null; predicted: DecisionView['to']; isDue: boolean }

/**
 * Holds one answer against its prediction.
 * Limits: one answer of a split proves nothing, whichever it is; with affinity a cookie of the controller cannot be modelled.
 */
export function agreementOf(
  { answered, status, predicted, isDue }: Answer,
  { affinity }: Pick<Release, 'affinity'>,
): Agreement {
  if (predicted === 'unknown') return { kind: 'cannot-tell' }
  if (answered === 'unknown' || answered === 'error') {
    return { kind: String(status) === predicted ? 'as-predicted' : 'cannot-tell' }
  }
  if (predicted === 'split') return { kind: 'proves-nothing' }
  if (answered === predicted) return { kind: 'as-predicted' }
  const reasons: ('not-due' | 'affinity' | 'elsewhere')[] = ['elsewhere']
  if (affinity !== 'none') reasons.unshift('affinity')
  if (!isDue) reasons.unshift('not-due')
  return { kind: 'differs', reasons }
}
