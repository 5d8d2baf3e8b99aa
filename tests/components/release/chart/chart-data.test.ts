import { expect, test } from 'vitest'
import { binMsOf, binsOf, pointsOf, scaleOf, ticksOf } from '@/components/release/chart/chart-data'
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
const frame = { bucketMs: 6000, untilMs: 600_000, windowMs: 600_000, leadMs: 5000, sinceMs: 0 }
const point = { atMs: 0, configured: 0, share: null, band: null }

test('shares are drawn in percent, as counted', () => {
  expect(pointsOf([bucket(0)], frame)).toEqual([{ atMs: 3000, configured: 20, share: 20, band: [15, 25] }])
})

test('the share is that of all answers since the change, not of one bucket', () => {
  const points = pointsOf([bucket(0), bucket(6000, { stable: 10, canary: 0 })], frame)
  expect(points.map(each => each.share)).toEqual([20, 10])
})

test('the share forgets answers older than an epoch, so that a canary that dies is seen', () => {
  const good = Array.from({ length: 100 }, (_, index) => bucket(index * 6000))
  const dead = Array.from({ length: 55 }, (_, index) =>
    bucket((100 + index) * 6000, { stable: 10, canary: 0 }),
  )
  expect(pointsOf([...good, ...dead], { ...frame, windowMs: 2_000_000 }).at(-1)?.share).toBe(0)
})

test('what lies before the window is left out', () => {
  expect(pointsOf([bucket(0), bucket(594_000)], { ...frame, windowMs: 60_000 })).toHaveLength(1)
  expect(binsOf([bucket(0), bucket(594_000)], { ...frame, windowMs: 60_000 })).toHaveLength(1)
})

test('share and band start anew where the configured share changes, and are drawn from 30 s on', () => {
  const before = [bucket(84_000, { expected: 0.05 }), bucket(90_000, { expected: 0.05 })]
  const after = [96_000, 102_000, 120_000, 126_000].map(atMs => bucket(atMs, { stable: 5, canary: 5 }))
  const points = pointsOf([...before, ...after], { ...frame, sinceMs: 90_000 })
  expect(points.map(each => each.share)).toEqual([20, 20, null, null, null, 50])
  expect(points.map(each => each.band === null)).toEqual([false, false, true, true, true, false])
})

test('answers sent before a change was due count for nothing in its share', () => {
  const early = bucket(96_000, { stable: 100, canary: 0 })
  const points = pointsOf([bucket(90_000, { expected: 0.05 }), early, bucket(126_000)], frame)
  expect(points.at(-1)?.share).toBe(20)
})

test('a lane that came with a rule leaves out the answers from before the rule was due', () => {
  const early = bucket(300_000, { expected: 1, stable: 6, canary: 0 })
  const after = bucket(330_000, { expected: 1, stable: 0, canary: 6 })
  expect(pointsOf([early, after], frame).map(point => point.share)).toEqual([null, 100])
})

test('never more than 300 points, and the newest is always one of them', () => {
  const buckets = Array.from({ length: 1000 }, (_, index) => bucket(index * 600))
  const points = pointsOf(buckets, { ...frame, bucketMs: 600 })
  expect(points.length).toBeLessThanOrEqual(300)
  expect(points.at(-1)?.atMs).toBe(999 * 600 + 300)
})

test('raw bins hold whole buckets, sixty to a window', () => {
  expect(binMsOf(frame)).toBe(12_000)
  expect(binMsOf({ bucketMs: 8000, windowMs: 120_000 })).toBe(8000)
  const bins = binsOf([bucket(0), bucket(6000, { stable: 0, canary: 10 })], frame)
  expect(bins).toEqual([{ atMs: 6000, bin: 60 }])
})

test('a time without a recognised answer has no bin instead of a zero', () => {
  expect(binsOf([bucket(0, { stable: 0, canary: 0, other: 5 })], frame)).toEqual([])
})

test.each([
  [0, 10],
  [0.3, 1],
  [3, 5],
  [19, 20],
  [20, 40],
  [79, 100],
  [100, 100],
])('a share of %s is drawn on a scale to %s', (share, top) => {
  expect(scaleOf([{ ...point, configured: share, share }], []).at(-1)).toBe(top)
})

test('the time axis has a handful of round marks, all inside the window', () => {
  for (const windowMs of [120_000, 600_000, 1_800_000]) {
    const ticks = ticksOf(1_700_000_123_456, windowMs)
    expect(ticks.length).toBeGreaterThan(2)
    expect(ticks.length).toBeLessThan(9)
    expect(ticks.every(tick => tick % 30_000 === 0 && tick <= 1_700_000_123_456)).toBe(true)
  }
})
