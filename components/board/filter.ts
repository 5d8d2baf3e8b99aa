import type { Claims } from '@/lib/domain/model/claims'
import type { BoardRelease } from '@/lib/domain/model/release'

/** Filters of the board, in the order of their chips. */
export const FILTERS = [
  'all',
  'attention',
  'shifting',
  'marked',
  'parked',
  'all-canary',
  'dead',
  'foreign',
] as const
export type Filter = (typeof FILTERS)[number]

/** A release as the board lists it, with what may be said about it. */
export type Listed = { key: string; release: BoardRelease; claims: Claims }

/** What the reader asked to see; it lives in the address. `namespace` and `query` are "" for all. */
export type View = { show: Filter; namespace: string; query: string }

/** Whether a release belongs under a filter. */
export function isShown({ release, claims }: Listed, filter: Filter): boolean {
  if (filter === 'all') return true
  if (filter === 'attention') return claims.attention.length > 0
  if (filter === 'foreign') return release.owner !== null
  return claims.state === filter
}

const hay = ({ release }: Listed) =>
  [
    release.id.name,
    release.id.namespace,
    release.id.cluster,
    ...release.routes.flatMap(route => [route.host + route.path, route.ingress]),
    ...[release.stable, release.canary].flatMap(version => [
      version.service,
      ...version.deployments.flatMap(each => [each.name, each.image]),
    ]),
    release.rules.header?.name ?? '',
    release.rules.cookie ?? '',
    release.changedBy ?? '',
    release.owner?.name ?? '',
  ]
    .join('\n')
    .toLowerCase()

/** Whether every word of the query is found in what names a release: route, Service, image, rule, person. */
export function matchesQuery(listed: Listed, query: string): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const text = hay(listed)
  return words.every(word => text.includes(word))
}

/** How many of these releases each filter would show. */
export function countsOf(listed: readonly Listed[]): Record<Filter, number> {
  const counts = {
    all: 0,
    attention: 0,
    shifting: 0,
    marked: 0,
    parked: 0,
    'all-canary': 0,
    dead: 0,
    foreign: 0,
  }
  for (const each of listed) for (const filter of FILTERS) if (isShown(each, filter)) counts[filter]++
  return counts
}

const later = (a: string, b: string) => (a < b ? 1 : a > b ? -1 : 0)

/**
 * The order of the board: what needs attention first, the newest trouble on top; then by age of the release, which
 * never changes, so that rows do not jump while one reads; what others manage last.
 */
export function orderOf(a: Listed, b: Listed): number {
  const rank = ({ release, claims }: Listed) =>
    claims.attention.length > 0 ? (claims.tone === 'bad' ? 0 : 1) : release.owner ? 3 : 2
  const byRank = rank(a) - rank(b)
  if (byRank !== 0) return byRank
  const at = ({ release }: Listed) => (rank(a) < 2 ? release.changedAt : null) ?? release.createdAt
  return later(at(a), at(b)) || (a.key < b.key ? -1 : 1)
}
