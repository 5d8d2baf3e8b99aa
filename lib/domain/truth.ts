import { lanesOf } from '@/lib/domain/mark'
import type { Claims, Evidence, Truth, Unread } from '@/lib/domain/model/claims'
import type { Release, ReleaseRoute, Version } from '@/lib/domain/model/release'
import type { Lane, LaneSamples, Samples } from '@/lib/domain/model/samples'

const answersOf = ({ stable, canary, unknown, errors }: LaneSamples) => stable + canary + unknown + errors

/** Has an answer been counted: those before *due* are not. */
export const isDue = (samples: Samples) => samples.lanes.some(each => answersOf(each) > 0)

/** Have all replicas of the controller that are known shown the last change. */
export const isInEffect = ({ inEffect, replicas }: Samples) =>
  inEffect !== null && replicas.every(each => each.inEffect !== null)

/** How well founded it is that these lanes get what is configured: each of them needs an answer that shows it. */
function laneEvidence(
  lanes: readonly Lane[],
  samples: Samples | null,
  connection: Claims['connection'],
): Evidence {
  if (connection !== 'live') return 'stale'
  if (!samples) return 'written'
  const sampled = samples.lanes.filter(each => lanes.includes(each.lane))
  if (sampled.some(each => each.verdict === 'not-as-configured')) return 'contradicted'
  const isShown =
    isInEffect(samples) && lanes.every(lane => sampled.some(each => each.lane === lane && shows(each)))
  if (isShown) return 'in-effect'
  return isDue(samples) ? 'due' : 'written'
}

function shows({ verdict, expected, canary, stable }: LaneSamples): boolean {
  if (verdict === 'cannot-measure') return false
  return expected === 1 ? canary > 0 : stable + canary > 0
}

const nameOf = ({ deployments, service }: Version): string => deployments[0]?.name ?? service

/** A header rule whose pattern does not compile sends nobody to the canary: whoever sends the header gets stable. */
const obeyedRules = ({ rules, findings }: Release): Release['rules'] =>
  findings.some(({ id }) => id === 'L17') ? { ...rules, header: null } : rules

/** What the clauses are founded on, besides the release. */
type Grounds = { samples: Samples | null; connection: Claims['connection']; unread: readonly Unread[] }

/** The clauses of the one sentence that says what is true now, in order, each with how well founded it is. */
export function truthOf(release: Release, { samples, connection, unread }: Grounds): Truth[] {
  const { routes, weight, weightTotal } = release
  const rules = obeyedRules(release)
  const names = { canary: nameOf(release.canary), stable: nameOf(release.stable) }
  const placeOf = ({ path, host }: ReleaseRoute) => ({ path, host, ...names })
  const live = routes.filter(route => route.live)
  const dead: Truth[] = routes
    .filter(route => !route.live)
    .slice(0, 1)
    .map(route => ({ id: 'dead', ...placeOf(route), finding: route.why ?? '' }))
  const first = live[0]
  if (!first) return dead

  const isEmpty = ({ endpoints }: Version) => endpoints.ready === 0 && !unread.includes('endpoints')
  const wider: Truth[] = live.length > 1 ? [{ id: 'wider', routes: live.length - 1 }] : []
  if (isEmpty(release.stable)) {
    const { path, host, stable } = placeOf(first)
    return [...dead, { id: 'stable-empty', path, host, stable }, ...wider]
  }
  if (isEmpty(release.canary)) return [...dead, { id: 'canary-empty', ...placeOf(first) }, ...wider]

  const evidenceOf = (lanes: readonly Lane[]) => laneEvidence(lanes, samples, connection)
  const share: Truth = {
    id: 'share',
    ...placeOf(first),
    weight,
    weightTotal,
    evidence: evidenceOf(['everyone']),
  }
  const ruleLanes = lanesOf(rules)
    .map(each => each.lane)
    .filter(lane => lane !== 'everyone')
  const marked: Truth[] =
    ruleLanes.length > 0
      ? [{ id: 'rules', canary: names.canary, ...rules, evidence: evidenceOf(ruleLanes) }]
      : []
  return [...dead, share, ...marked, ...wider]
}
