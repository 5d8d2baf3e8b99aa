import 'server-only'
import type { AskDecision, DecisionView } from '@/lib/contract'
import { decide } from '@/lib/domain/decide'
import { decisionView, requestOf } from '@/lib/domain/decision-view'
import type { Abilities } from '@/lib/domain/model/routing'
import { fail, ok, type Result } from '@/lib/domain/problem'
import type { Routing } from '@/lib/domain/routing'
import type { Routings } from '@/lib/server/cluster/routings'

type Known = Pick<Routings, 'byClass' | 'canaries'>

const nothing = (to: '404' | 'unknown'): DecisionView => ({
  to,
  canaryShare: null,
  because: 'location',
  route: null,
  service: null,
  release: null,
  steps: [],
})

/** The routings that may answer: that of the named release, else those of all classes. Errors: `not-found`. */
function routingsFor({ byClass, canaries }: Known, { release }: AskDecision): Result<Routing[]> {
  const all = [...byClass.values()]
  if (!release) return ok(all)
  const canary = canaries.get(`${release.namespace}/${release.name}`)
  if (!canary) return fail('not-found', `There is no release ${release.namespace}/${release.name}`)
  return ok(all.filter(each => each === canary.routing))
}

/**
 * Asks the class that serves the named release, or each in turn: the first that has a location for the request answers.
 * Errors: `not-found`, `ambiguous-route`. Limits: what another controller than ingress-nginx does is `unknown`.
 */
export function decideOver(known: Known, ask: AskDecision, abilities: Abilities): Result<DecisionView> {
  const routings = routingsFor(known, ask)
  if (!routings.ok) return routings
  const request = requestOf(ask)
  const decisions = routings.value.map(each => decide(each, request, abilities))
  const views = decisions.filter(each => each.location).map(each => decisionView(each, ask))
  const [nowhere] = decisions
  return (
    views.find(each => each.ok) ??
    views[0] ??
    (nowhere ? decisionView(nowhere, ask) : ok(ask.release ? nothing('unknown') : nothing('404')))
  )
}
