import { lanesOf } from '@/lib/domain/mark'
import type { Attention, Claims, Evidence, Truth, Unread } from '@/lib/domain/model/claims'
import type { Operation } from '@/lib/domain/model/operation'
import type { BoardRelease, Release, Version } from '@/lib/domain/model/release'
import type { LaneSamples, Samples } from '@/lib/domain/model/samples'
import { isDue, isInEffect, truthOf } from '@/lib/domain/truth'
import { unreadOf } from '@/lib/domain/unread'

/**
 * All that is known of one release: what the watch shows, whether it is current, and what answers have shown.
 * `unreadable`: kinds of `ClusterState.unreadable`; what is read from them is not known. `work`: how the latest operation on it stands.
 */
export type ReleaseFacts = {
  release: Release | BoardRelease
  connection: Claims['connection']
  samples: Samples | null
  unreadable: readonly string[]
  work?: Operation['state'] | undefined
}

/**
 * Everything that may be said about the state of a release; screens say nothing that is not in here.
 * Limits: nothing is in effect, as configured or live without its evidence in the facts; samples of an earlier
 * configuration count for nothing.
 */
export function claimsOf(facts: ReleaseFacts): Claims {
  const { release, connection } = facts
  const samples = facts.samples && isOfThisConfiguration(facts.samples, release) ? facts.samples : null
  const lanes = samples ? samples.lanes.map(laneClaim) : observedLanes(release)
  const unread = unreadOf(release, facts.unreadable)
  const truth = truthOf(release, { samples, connection, unread })
  const attention = attentionOf(facts, lanes, unread)
  return {
    connection,
    state: release.state,
    truth,
    change: {
      evidence: changeEvidence(release, samples, connection),
      dueAt: samples?.due ?? null,
      inEffectAt: samples?.inEffect ?? null,
      missing: samples?.inEffectMissing ?? 0,
      replicas: samples?.replicas ?? [],
    },
    lanes,
    reachable: reachableOf(facts, samples),
    unread,
    tone: toneOf({ release, connection, attention, lanes, truth }),
    attention,
  }
}

/** What answers showed before contact was lost, or of another configuration, says nothing of now. */
const reachableOf = ({ release, connection }: ReleaseFacts, samples: Samples | null): Claims['reachable'] =>
  release.state === 'parked' && connection === 'live' ? (samples?.reachable ?? null) : null

const laneClaim = ({ lane, verdict, why }: LaneSamples) => ({ lane, verdict, ...(why && { why }) })

/** The configured share of requests without a mark, a fraction 0…1. */
const configuredShare = ({ weight, weightTotal }: Release) => Math.min(1, Math.max(0, weight / weightTotal))

/**
 * Samples and release arrive in frames of their own: those of the weight and rules before prove nothing about these.
 * The lane of a rule that is gone tells by its expected share whether its samples know that.
 */
function isOfThisConfiguration({ lanes }: Samples, release: Release): boolean {
  const share = configuredShare(release)
  const isConfigured = (expected: number) => Math.abs(expected - share) < 1e-9
  const marks = new Map(lanesOf(release.rules).map(({ lane, mark }) => [lane, mark]))
  const isWhole = [...marks.keys()].every(lane => lanes.some(each => each.lane === lane))
  return (
    isWhole &&
    lanes.every(({ lane, mark, expected }) => {
      const known = marks.get(lane)
      if (lane === 'everyone' || known === undefined) return isConfigured(expected)
      return known === null || known === mark
    })
  )
}

/** The board's last verdict, where it was reached after the last change. */
function observedLanes(release: Release | BoardRelease): Claims['lanes'] {
  const observed = 'observed' in release ? release.observed : null
  if (!observed) return []
  const second = (time: string) => time.slice(0, 19)
  if (release.changedAt !== null && second(observed.at) <= second(release.changedAt)) return []
  return [{ lane: 'everyone', verdict: observed.verdict }]
}

function changeEvidence(
  { state }: Release,
  samples: Samples | null,
  connection: Claims['connection'],
): Evidence {
  if (connection !== 'live') return 'stale'
  if (!samples || state === 'dead') return 'written'
  if (samples.lanes.some(each => each.verdict === 'not-as-configured')) return 'contradicted'
  if (isInEffect(samples)) return 'in-effect'
  return isDue(samples) ? 'due' : 'written'
}

/** What cannot be read may be stale or missing, and says nothing either way. */
const isUnready = ({ deployments, endpoints }: Version, unread: readonly Unread[]) =>
  (!unread.includes('endpoints') && endpoints.ready === 0) ||
  (!unread.includes('deployments') && deployments.some(each => each.ready < each.replicas))

/** A canary nobody is sent to may be unready; stable is needed at any weight: without it everybody gets 503. */
function attentionOf(
  { release, work }: ReleaseFacts,
  lanes: Claims['lanes'],
  unread: readonly Unread[],
): Attention[] {
  const isUsed = release.state !== 'dead' && release.state !== 'parked'
  const isNotReady =
    release.state !== 'dead' &&
    (isUnready(release.stable, unread) || (isUsed && isUnready(release.canary, unread)))
  return [
    ...(release.findings.some(finding => finding.severity === 'error') ? ['finding' as const] : []),
    ...(lanes.some(each => each.verdict === 'not-as-configured') ? ['not-as-configured' as const] : []),
    ...(isNotReady ? ['not-ready' as const] : []),
    ...(work === 'failed' ? ['failed-operation' as const] : []),
  ]
}

function toneOf({
  release,
  connection,
  attention,
  lanes,
  truth,
}: {
  release: Release
  connection: Claims['connection']
  attention: readonly Attention[]
  lanes: Claims['lanes']
  truth: readonly Truth[]
}): Claims['tone'] {
  const says = (id: Truth['id']) => truth.some(each => each.id === id)
  if (says('stable-empty') || attention.includes('finding') || attention.includes('not-as-configured'))
    return 'bad'
  if (release.state === 'dead') return 'bad'
  const isWarned =
    connection !== 'live' ||
    attention.length > 0 ||
    says('dead') ||
    release.findings.some(finding => finding.severity === 'warning') ||
    lanes.some(each => each.verdict === 'cannot-measure')
  if (isWarned) return 'warn'
  const isProven = truth.every(each => !('evidence' in each) || each.evidence === 'in-effect')
  const everyone = lanes.find(each => each.lane === 'everyone')
  return isProven && everyone?.verdict === 'as-configured' ? 'ok' : 'quiet'
}
