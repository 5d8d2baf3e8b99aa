import 'server-only'
import type { Change, Lane } from '@/lib/domain/model/samples'
import type { SamplingFacts } from '@/lib/server/sampler/facts'
import { expectedOf, type Question, questionsOf } from '@/lib/server/sampler/plan'
import { placeOf } from '@/lib/server/sampler/target'

/**
 * A release's configuration as it stands, and what it was before: kept also while nobody watches.
 * `before` is each lane's share before the change, null where nobody saw it; `retired` are questions of rules that are gone.
 */
export type Standing = {
  facts: SamplingFacts
  /** Differs between two configurations that send requests differently. */
  key: string
  since: string
  writtenMs: number
  before: ReadonlyMap<Lane, number | null>
  retired: readonly Question[]
  changes: readonly Change[]
}

const CHANGES = 50

const keyOf = ({ release: { weight, weightTotal, rules, state, uid } }: SamplingFacts): string =>
  JSON.stringify([uid, weight, weightTotal, rules, state === 'dead'])

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
    before: new Map(questions(facts).map(({ lane }) => [lane, lane === 'everyone' ? null : everyone])),
    retired: [],
    changes: [],
  }
}

/** Kubernetes writes whole seconds, cut off. */
const endOfSecond = (iso: string) => Date.parse(iso) + 999

/** What stands after the cluster showed these facts; the same evidence goes on where nothing was reconfigured. */
export function nextStanding(standing: Standing, facts: SamplingFacts, nowMs: number): Standing {
  const key = keyOf(facts)
  if (key === standing.key) return { ...standing, facts }
  const [asked, place] = [questions(facts), placeOf(standing.facts)]
  const gone = questions(standing.facts).filter(old => asked.every(each => each.lane !== old.lane))
  return {
    facts,
    key,
    since: new Date(nowMs).toISOString(),
    writtenMs: nowMs,
    before: new Map([...asked, ...gone].map(each => [each.lane, expectedOf(standing.facts, place, each)])),
    retired: gone,
    changes: [...standing.changes, changeOf(standing.facts, facts, nowMs)].slice(-CHANGES),
  }
}

function changeOf({ release: old }: SamplingFacts, { release }: SamplingFacts, atMs: number): Change {
  const { weight, weightTotal, changedBy } = release
  const from = Math.round((old.weight / old.weightTotal) * weightTotal)
  return { atMs, from, to: weight, weightTotal, by: changedBy }
}
