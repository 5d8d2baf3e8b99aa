import { describe, expect, test } from 'vitest'
import { planOf } from '@/lib/server/sampler/plan'
import { firstStanding, nextStanding, type Shown } from '@/lib/server/sampler/standing'
import { factsOf, type Setup } from './world'

const place = { host: 'gateway.test', path: '/user' }
const planned = (setup: Setup) =>
  planOf(factsOf(setup), place).map(({ lane, mark, expected, why }) => [lane, mark, expected, why])
const nowMs = Date.parse('2026-03-01T00:00:00Z')

describe('the lanes of a release and what they must show', () => {
  test.each([
    ['parked', {}, [['everyone', '', 0, null]]],
    ['weight 20', { weight: 20 }, [['everyone', '', 0.2, null]]],
    [
      'a cookie',
      { weight: 20, cookie: 'vip' },
      [
        ['everyone', '', 0.2, null],
        ['cookie', 'vip=always', 1, null],
      ],
    ],
    [
      'a pattern on the header Cookie picks up the cookie lane too',
      { header: 'Cookie', pattern: 'vip', cookie: 'vip', sampling: { example: 'a=vip' } },
      [
        ['everyone', '', 0, null],
        ['header', 'Cookie: a=vip', 1, null],
        ['cookie', 'vip=always', 1, null],
      ],
    ],
    [
      'an example that does not match',
      { weight: 20, header: 'role', pattern: '^test$', sampling: { example: 'beta' } },
      [
        ['everyone', '', 0.2, null],
        ['header', 'role: beta', 0.2, null],
      ],
    ],
    [
      'a broken pattern sends its carriers to stable',
      { weight: 20, header: 'role', pattern: '(', sampling: { example: 'beta' } },
      [
        ['everyone', '', 0.2, null],
        ['header', 'role: beta', 0, null],
      ],
    ],
    [
      'a pattern that cannot be modelled',
      { header: 'role', pattern: '(?=t)test', sampling: { example: 'test' } },
      [
        ['everyone', '', 0, null],
        ['header', 'role: test', 0, 'needs-example'],
      ],
    ],
    [
      'no endpoints behind stable',
      { weight: 20, stableReady: false },
      [['everyone', '', 0.2, 'stable-empty']],
    ],
    [
      'endpoints that cannot be read are measured all the same',
      { weight: 20, stableReady: 'unknown' },
      [['everyone', '', 0.2, null]],
    ],
  ] as [string, Setup, unknown[]][])('%s', (_case, setup, lanes) => {
    expect(planned(setup)).toEqual(lanes)
  })

  test('a header’s underscores are sent as nginx reads them', () => {
    const [, lane] = planOf(factsOf({ header: 'X_Canary' }), place)
    expect(lane).toMatchObject({ mark: 'X_Canary: always', headers: { 'x-canary': 'always' } })
  })
})

describe('what a configuration was before', () => {
  const first = firstStanding(factsOf({ weight: 20, cookie: 'vip' }), nowMs)
  const at = (ms: number, shown: Shown = 'shown') => ({ nowMs: ms, shown: () => shown })

  test('nobody saw the first one being written: it counts from when the cluster says', () => {
    expect(first.writtenMs).toBe(Date.parse('2026-01-01T00:00:00.999Z'))
    expect(first.before).toEqual(
      new Map([
        ['everyone', null],
        ['cookie', [0.2]],
      ]),
    )
    expect(first.changes).toEqual([])
  })

  test('a change keeps the shares before it, also of the rule that goes', () => {
    const next = nextStanding(first, factsOf({ weight: 50 }), at(nowMs))
    expect(next).toMatchObject({ writtenMs: nowMs, changes: [{ from: 20, to: 50, weightTotal: 100 }] })
    expect(next.retired.map(each => each.mark)).toEqual(['vip=always'])
    expect(next.before).toEqual(
      new Map([
        ['everyone', [0.2]],
        ['cookie', [1]],
      ]),
    )
  })

  test('new pods, endpoints or sampling settings are no change', () => {
    const next = nextStanding(
      first,
      factsOf({ weight: 20, cookie: 'vip', sampling: { perSecond: 9 } }),
      at(nowMs),
    )
    expect(next).toMatchObject({ writtenMs: first.writtenMs, changes: [] })
  })

  test('a change that was taken back before anybody looked is a change: the controller may have read it', () => {
    const back = factsOf({ weight: 20, cookie: 'vip', routingVersion: '3' })
    const next = nextStanding(first, back, at(nowMs))
    expect(next).toMatchObject({ writtenMs: nowMs, changes: [{ from: 20, to: 20 }] })
  })

  test('until a change is shown, the gateway may hold any share since the last one that was', () => {
    const full = nextStanding(first, factsOf({ weight: 100 }), at(nowMs))
    const shareOf = (shown: Shown, afterMs: number) =>
      nextStanding(full, factsOf({ weight: 50 }), at(nowMs + afterMs, shown)).before.get('everyone')
    expect(shareOf('looked-for', 600_000)).toEqual([0.2, 1])
    expect(shareOf('not-looked-for', 2_000)).toEqual([0.2, 1])
    expect(shareOf('not-looked-for', 61_000)).toEqual([1])
    expect(shareOf('shown', 2_000)).toEqual([1])
  })

  test('a rule that is gone is asked about until that is shown, whatever else changes', () => {
    const gone = nextStanding(first, factsOf({ weight: 20 }), at(nowMs))
    const next = (shown: Shown) => nextStanding(gone, factsOf({ weight: 50 }), at(nowMs, shown))
    expect(next('looked-for').retired.map(each => each.mark)).toEqual(['vip=always'])
    expect(next('looked-for').before.get('cookie')).toEqual([1, 0.2])
    expect(next('shown').retired).toEqual([])
  })

  test('a new rule’s requests were everyone’s until then', () => {
    const full = nextStanding(first, factsOf({ weight: 100 }), at(nowMs))
    const ruled = nextStanding(full, factsOf({ weight: 0, header: 'role' }), at(nowMs, 'looked-for'))
    expect(ruled.before.get('header')).toEqual([0.2, 1])
  })
})
