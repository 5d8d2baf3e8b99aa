import { nameOf } from '@/components/release/name-of'
import type { DecisionView } from '@/lib/domain/decision-view'
import type { Release } from '@/lib/domain/model/release'
import { isDecidedBy } from '@/lib/domain/trial'
import { canary, type Piece, stable } from '@/lib/language/rich'

/** The version that a decision names, with its glyph; by its Service where that belongs to no version of the release. */
export function decidedName(view: DecisionView, side: 'stable' | 'canary', release: Release): Piece {
  const own = release[side]
  const isOwn = view.service === null ? isDecidedBy(view, release) : view.service === own.service
  const name = isOwn ? nameOf(own) : (view.service ?? '–')
  return side === 'canary' ? canary(name) : stable(name)
}

/** Is this one of the release's routes. */
export const isOwnRoute = ({ route }: DecisionView, { routes }: Release): boolean =>
  routes.some(
    each =>
      each.namespace === route?.namespace &&
      each.ingress === route.ingress &&
      each.host === route.host &&
      each.path === route.path,
  )
