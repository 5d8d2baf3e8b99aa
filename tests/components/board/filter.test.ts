import { describe, expect, test } from 'vitest'
import { countsOf, isShown, type Listed, matchesQuery, orderOf } from '@/components/board/filter'
import { claimsOf } from '@/lib/domain/claims'
import type { BoardRelease } from '@/lib/domain/model/release'
import { boardFrames } from '@/tests/fixtures/frames'

const releases = boardFrames.flatMap(frame =>
  frame.key.startsWith('board/') ? [{ key: frame.key, release: frame.value as BoardRelease }] : [],
)
const listed: Listed[] = releases.map(each => ({
  ...each,
  claims: claimsOf({ release: each.release, connection: 'live', samples: null, unreadable: [] }),
}))
const paths = (some: readonly Listed[]) => some.map(({ release }) => release.routes[0]?.path)

describe('the order', () => {
  const sorted = [...listed].sort(orderOf)

  test('is trouble first, the newest of the worst on top, and what others manage last', () => {
    expect(paths(sorted).slice(0, 3)).toEqual(['/v1/orders', '/login', '/user'])
    expect(paths(sorted).slice(-2).sort()).toEqual(['/coupons', '/stock'])
  })

  test('does not depend on the order of arrival', () => {
    expect(paths([...listed].reverse().sort(orderOf))).toEqual(paths(sorted))
  })

  test('does not move a row without trouble when its weight changes', () => {
    const changed = listed.map(each =>
      each.key.endsWith('pay-canary')
        ? { ...each, release: { ...each.release, weight: 1, changedAt: '2026-11-18T14:31:59.000Z' } }
        : each,
    )
    expect(paths(changed.sort(orderOf))).toEqual(paths(sorted))
  })
})

test('every chip shows as many as it counts', () => {
  const counts = countsOf(listed)
  expect(counts).toMatchObject({
    all: 12,
    attention: 3,
    dead: 1,
    foreign: 2,
    parked: 1,
    marked: 1,
    'all-canary': 1,
  })
  for (const filter of ['attention', 'shifting', 'foreign'] as const)
    expect(listed.filter(each => isShown(each, filter))).toHaveLength(counts[filter])
})

test.each([
  ['a path', '/checkout', ['/checkout']],
  ['a host', 'cdn.shop', ['/images']],
  ['a Service', 'service-reco-v2', ['/recommendations/personal']],
  ['an image', 'nginx:user-v2', ['/user']],
  ['a rule', 'vip_user', ['/user']],
  ['a person', 'li.wei', ['/checkout']],
  ['the Ingress', 'cart-canary', ['/cart']],
  ['words in any order and case', 'FANG search', ['/search']],
  ['nothing where a word is missing', 'search li.wei', []],
])('search finds %s', (_what, query, expected) => {
  expect(paths(listed.filter(each => matchesQuery(each, query)))).toEqual(expected)
})
