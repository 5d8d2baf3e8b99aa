import 'server-only'
import type { AskDecision, DecisionView } from '@/lib/contract'
import { decide } from '@/lib/domain/decide'
import { decisionView, requestOf } from '@/lib/domain/decision-view'
import type { Abilities } from '@/lib/domain/model/routing'
import { ok, type Result } from '@/lib/domain/problem'
import type { Routings } from '@/lib/server/cluster/routings'

/** Asks each class in turn; the first that has a location for the request answers. */
export function decideOver(
  { byClass }: Pick<Routings, 'byClass'>,
  ask: AskDecision,
  abilities: Abilities,
): Result<DecisionView> {
  const request = requestOf(ask)
  const decisions = [...byClass.values()].map(each => decide(each, request, abilities))
  const views = decisions.filter(each => each.location).map(each => decisionView(each, ask))
  const [nowhere] = decisions
  return (
    views.find(each => each.ok) ??
    views[0] ??
    (nowhere
      ? decisionView(nowhere, ask)
      : ok({
          to: '404',
          canaryShare: null,
          because: 'location',
          route: null,
          service: null,
          release: null,
          steps: [],
        }))
  )
}
