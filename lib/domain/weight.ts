import type { Release } from '@/lib/domain/model/release'
import {
  type AnnotationPatch,
  annotationKey,
  annotationPatch,
  notACanary,
  ownedElsewhere,
} from '@/lib/domain/patch'
import { fail, ok, type Result } from '@/lib/domain/problem'

type Steered = Pick<Release, 'id' | 'weight' | 'weightTotal' | 'owner' | 'findings'>

/** The totals an operator may choose from: whole percents, tenths of a percent, and what is there. */
export const totalsOf = ({ weightTotal }: Pick<Release, 'weightTotal'>): number[] =>
  [...new Set([100, 1000, weightTotal])].sort((a, b) => a - b)

/**
 * Sets the weight of a release. Weight and total are always written together.
 *
 * Units: `weight` is a whole number of parts of `weightTotal`, which stays as it is where left out.
 * Errors: `owned-elsewhere`, `not-a-canary`, `invalid-input`; `total-only-edit` for a new total with the same weight
 * above 0, which the controller would not apply.
 * Source: ingress-nginx 1.15.1, TrafficShapingPolicy.Equal leaves weight-total out (canary-semantics.md A.9).
 */
export function weightPatch(
  release: Steered,
  input: { weight: number; weightTotal?: number | undefined },
): Result<AnnotationPatch> {
  const refused = ownedElsewhere(release) ?? notACanary(release)
  if (refused) return refused
  const { weight, weightTotal = release.weightTotal } = input
  const totals = totalsOf(release)
  if (!totals.includes(weightTotal)) {
    const title = `The total must be one of ${totals.join(', ')}`
    return fail('invalid-input', title, {
      field: 'weightTotal',
      params: { rule: 'total', totals: totals.join(', ') },
    })
  }
  if (!Number.isInteger(weight) || weight < 0 || weight > weightTotal) {
    const title = `The weight must be a whole number from 0 to ${weightTotal}`
    return fail('invalid-input', title, { field: 'weight', params: { rule: 'range', max: weightTotal } })
  }
  if (weightTotal !== release.weightTotal && weight === release.weight && weight !== 0) {
    const title = `The controller does not apply a new total while the weight stays ${weight}: change both`
    return fail('total-only-edit', title, { field: 'weightTotal', params: { weight, weightTotal } })
  }
  return ok(
    annotationPatch({
      [annotationKey.weight]: String(weight),
      [annotationKey.weightTotal]: String(weightTotal),
    }),
  )
}
