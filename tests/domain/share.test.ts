import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { percentilesOf, withLatency } from '@/lib/domain/latency'
import type { Answered } from '@/lib/domain/model/samples'
import { noSeries, withDrawn } from '@/lib/domain/share'

const drawn = (atMs: number, answered: Answered, lane: 'everyone' | 'cookie' = 'everyone') => ({
  lane,
  answered,
  atMs,
  expected: 0.2,
  band: { low: 0.1, high: 0.3 },
})

describe('the chart’s buckets', () => {
  test('hold every answer once, in order, at most 300 a lane, whatever comes late', () => {
    const answer = fc.record({
      atMs: fc.integer({ min: 0, max: 3_000_000 }),
      answered: fc.constantFrom<Answered>('stable', 'canary', 'unknown', 'error'),
      lane: fc.constantFrom('everyone' as const, 'cookie' as const),
    })
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 900, size: 'max' }), answers => {
        const { bucketMs, lanes } = answers
          .map(({ atMs, answered, lane }) => drawn(atMs, answered, lane))
          .reduce(withDrawn, noSeries)
        for (const lane of ['everyone', 'cookie'] as const) {
          const buckets = lanes[lane]
          const times = buckets.map(each => each.atMs)
          expect(buckets.length).toBeLessThanOrEqual(300)
          expect(times).toEqual([...new Set(times)].sort((a, b) => a - b))
          expect(times.every(atMs => atMs % bucketMs === 0)).toBe(true)
          const sum = buckets.reduce((all, each) => all + each.stable + each.canary + each.other, 0)
          expect(sum).toBe(answers.filter(each => each.lane === lane).length)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('say the share among recognised answers, and none where there is none', () => {
    const series = [drawn(0, 'canary'), drawn(1, 'stable'), drawn(2, 'error'), drawn(1000, 'unknown')].reduce(
      withDrawn,
      noSeries,
    )
    expect(series.lanes.everyone).toEqual([
      { atMs: 0, stable: 1, canary: 1, other: 1, share: 0.5, low: 0.1, high: 0.3, expected: 0.2 },
      { atMs: 1000, stable: 0, canary: 0, other: 1, share: null, low: 0.1, high: 0.3, expected: 0.2 },
    ])
  })

  test('an answer before due changes no band', () => {
    const early = { ...drawn(0, 'stable'), band: null }
    expect(withDrawn(noSeries, early).lanes.everyone).toMatchObject([{ stable: 1, low: null, high: null }])
  })
})

test('times are told by nearest rank over the last 500 answers', () => {
  expect(percentilesOf([])).toEqual({ p50: null, p95: null })
  expect(percentilesOf([7])).toEqual({ p50: 7, p95: 7 })
  const thousand = Array.from({ length: 1000 }, (_, i) => i + 1).reduce<readonly number[]>(withLatency, [])
  expect(thousand).toHaveLength(500)
  expect(percentilesOf(thousand)).toEqual({ p50: 750, p95: 975 })
})
