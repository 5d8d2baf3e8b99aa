import 'server-only'
import type { Change, Lane } from '@/lib/domain/model/samples'
import type { SamplingFacts } from '@/lib/server/sampler/facts'
import { expectedOf, type Question, questionsOf } from '@/lib/server/sampler/plan'
import { placeOf } from '@/lib/server/sampler/target'

/**
 * A release's configuration as it stands, and what it was before: kept also while nobody watches.
 * `before` is what each lane's share was since the last configuration that was shown, newest last: the gateway may still
 * hold any of them; null where nobody saw it. `retired` are questions of rules that are gone, until that is shown.
 */
export type Standing = {
  facts: SamplingFacts
  /** Differs between two configurations that send requests differently. */
  key: string
  since: string
  writtenMs: number
  before: ReadonlyMap<Lane, readonly number[] | null>
  retired: readonly Question[]
  changes: readonly Change[]
}

const CHANGES = 50
/** Shares that a lane's `before` holds at most. */
const BEFORE = 8
/** A controller needs seconds: what nobody looked at is taken as applied after this long. Units: milliseconds. */
const APPLIED_MS = 60_000

function keyOf({ release, routingVersion }: SamplingFacts): string {
  const { weight, weightTotal, rules, state, uid } = release
  return JSON.stringify([uid, weight, weightTotal, rules, state === 'dead', routingVersion])
}

const questions = (facts: SamplingFacts): Question[] =>
  questionsOf(facts.release.rules).flatMap(({ question }) => question ?? [])

/**
 * A configuration nobody saw being written: it counts as written when the cluster says it was last changed.
 * Without its rule a marked request would have been one of everyone's, so that is what it is told apart from.
 */
export function firstStanding(facts: SamplingFacts, nowMs: number): Standing {
  const { changedAt, createdAt } = facts.release
  const since = changedAt ?? createdAt
  const place = placeOf(facts)
  const everyone = expectedOf(facts, place, { headers: {} })
  return {
    facts,
    key: keyOf(facts),
    since,
    writtenMs: Math.min(nowMs, endOfSecond(since) || nowMs),
    before: new Map(
      questions(facts).map(({ lane }) => [lane, lane === 'everyone' ? null : listed(everyone)]),
    ),
    retired: [],
    changes: [],
  }
}

/** Kubernetes writes whole seconds, cut off. */
const endOfSecond = (iso: string) => Date.parse(iso) + 999

const listed = (share: number | null) => (share === null ? null : [share])

/** What is known of the standing configuration: `shown` by answers to be in effect, `looked-for` in vain, or neither. */
export type Shown = 'shown' | 'looked-for' | 'not-looked-for'

/**
 * What stands after the cluster showed these facts; the same evidence goes on where nothing was reconfigured.
 * A change also counts where it was taken back at once: the controller may have read what was in between.
 */
export function nextStanding(
  standing: Standing,
  facts: SamplingFacts,
  { nowMs, shown }: { nowMs: number; shown: () => Shown },
): Standing {
  const key = keyOf(facts)
  if (key === standing.key) return { ...standing, facts }
  const [asked, place] = [questions(facts), placeOf(standing.facts)]
  const known = shown()
  const isApplied =
    known === 'shown' || (known === 'not-looked-for' && nowMs - standing.writtenMs > APPLIED_MS)
  const held = [...questions(standing.facts), ...(isApplied ? [] : standing.retired)]
  const gone = held.filter(old => asked.every(each => each.lane !== old.lane))
  const beforeOf = (each: Question) => {
    const share = expectedOf(standing.facts, place, each)
    return share === null ? null : [...(isApplied ? [] : olderOf(standing, each)), share].slice(-BEFORE)
  }
  return {
    facts,
    key,
    since: new Date(nowMs).toISOString(),
    writtenMs: nowMs,
    before: new Map([...asked, ...gone].map(each => [each.lane, beforeOf(each)])),
    retired: gone,
    changes: [...standing.changes, changeOf(standing.facts, facts, nowMs)].slice(-CHANGES),
  }
}

/** Without its rule, a marked request was one of everyone's. */
function olderOf({ facts, before, retired }: Standing, { lane, mark }: Question): readonly number[] {
  const isAsked = [...questions(facts), ...retired].some(each => each.lane === lane && each.mark === mark)
  return before.get(isAsked ? lane : 'everyone') ?? []
}

function changeOf({ release: old }: SamplingFacts, { release }: SamplingFacts, atMs: number): Change {
  const { weight, weightTotal, changedBy } = release
  const from = Math.round((old.weight / old.weightTotal) * weightTotal)
  return { atMs, from, to: weight, weightTotal, by: changedBy }
}
