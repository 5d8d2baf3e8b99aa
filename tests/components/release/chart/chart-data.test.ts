import { expect, test } from 'vitest'
import { pointsOf, scaleOf, ticksOf } from '@/components/release/chart/chart-data'
import type { Bucket } from '@/lib/domain/model/samples'

const bucket = (atMs: number, more: Partial<Bucket> = {}): Bucket => ({
  atMs,
  stable: 8,
  canary: 2,
  other: 0,
  share: 0.2,
  low: 0.15,
  high: 0.25,
  expected: 0.2,
  ...more,
})
const window = { bucketMs: 6000, untilMs: 600_000, windowMs: 600_000 }

test('shares are drawn in percent, as counted', () => {
  expect(pointsOf([bucket(0)], [], window)).toEqual([
    { atMs: 3000, configured: 20, share: 20, band: [15, 25], bin: 20 },
  ])
})

test('what lies before the window is left out', () => {
  expect(pointsOf([bucket(0), bucket(594_000)], [], { ...window, windowMs: 60_000 })).toHaveLength(1)
})

test('share and band start anew at a change and are drawn from 30 s on; the raw bin stays', () => {
  const changes = [{ atMs: 100_000, from: 5, to: 20, weightTotal: 100, by: null }]
  const points = pointsOf(
    [bucket(90_000), bucket(102_000), bucket(126_000), bucket(132_000)],
    changes,
    window,
  )
  expect(points.map(point => point.share)).toEqual([20, null, null, 20])
  expect(points.map(point => point.band === null)).toEqual([false, true, true, false])
  expect(points.every(point => point.bin === 20)).toBe(true)
})

test('never more than 300 points, and no answer is lost in them', () => {
  const buckets = Array.from({ length: 1000 }, (_, index) =>
    bucket(index * 600, { stable: 1, canary: index % 2 }),
  )
  const points = pointsOf(buckets, [], { ...window, bucketMs: 600 })
  expect(points.length).toBeLessThanOrEqual(300)
  expect(points.every(point => point.bin !== null)).toBe(true)
})

test('a bucket without a recognised answer has no bin instead of a zero', () => {
  expect(pointsOf([bucket(0, { stable: 0, canary: 0, other: 5 })], [], window)[0]?.bin).toBeNull()
})

test.each([
  [3, 10],
  [19, 20],
  [20, 40],
  [79, 100],
  [100, 100],
])('a share of %s is drawn on a scale to %s', (share, top) => {
  expect(scaleOf([{ atMs: 0, configured: share, share, band: null, bin: null }])).toBe(top)
})

test('the time axis has a handful of round marks, all inside the window', () => {
  for (const windowMs of [120_000, 600_000, 1_800_000]) {
    const ticks = ticksOf(1_700_000_123_456, windowMs)
    expect(ticks.length).toBeGreaterThan(2)
    expect(ticks.length).toBeLessThan(9)
    expect(ticks.every(tick => tick % 30_000 === 0 && tick <= 1_700_000_123_456)).toBe(true)
  }
})
