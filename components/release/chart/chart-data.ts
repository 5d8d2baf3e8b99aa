import type { Bucket, Change } from '@/lib/domain/model/samples'

/** At most this many points are drawn a series; more would only cost paint. */
const POINTS = 300
/** Share and band are drawn from here on after a change: the first answers alone say nothing. */
const SETTLE_MS = 30_000

/** One point of a lane's chart. Units: percent, 0…100; `atMs` is the middle of what it stands for. */
export type Point = {
  atMs: number
  configured: number
  share: number | null
  band: [number, number] | null
  bin: number | null
}

const percent = (fraction: number) => Math.round(fraction * 1000) / 10

function merge(buckets: readonly Bucket[], bucketMs: number): Point {
  const [first, last] = [buckets[0], buckets.at(-1)]
  const sum = (side: 'stable' | 'canary') => buckets.reduce((total, each) => total + each[side], 0)
  const known = sum('stable') + sum('canary')
  return {
    atMs: first && last ? (first.atMs + last.atMs + bucketMs) / 2 : 0,
    configured: percent(last?.expected ?? 0),
    share: last?.share == null ? null : percent(last.share),
    band: last?.low == null || last.high == null ? null : [percent(last.low), percent(last.high)],
    bin: known ? percent(sum('canary') / known) : null,
  }
}

/**
 * The points of one lane in a window: buckets put together so that at most 300 remain, share and band left out for 30 s
 * after each change, because both start anew there.
 *
 * Units: `windowMs` and `bucketMs` are milliseconds; `untilMs` is epoch milliseconds, the right end.
 */
export function pointsOf(
  buckets: readonly Bucket[],
  changes: readonly Change[],
  window: { bucketMs: number; untilMs: number; windowMs: number },
): Point[] {
  const seen = buckets.filter(each => each.atMs >= window.untilMs - window.windowMs)
  const size = Math.max(1, Math.ceil(seen.length / POINTS))
  const points: Point[] = []
  for (let at = 0; at < seen.length; at += size) {
    const point = merge(seen.slice(at, at + size), window.bucketMs)
    const settling = changes.some(each => point.atMs >= each.atMs && point.atMs < each.atMs + SETTLE_MS)
    points.push(settling ? { ...point, share: null, band: null } : point)
  }
  return points
}

/** Upper end of the scale for *everyone*: the smallest round figure above all that is drawn, at least 10, at most 100. */
export function scaleOf(points: readonly Point[]): number {
  const highest = Math.max(
    0,
    ...points.flatMap(({ configured, share, bin, band }) => [
      configured,
      share ?? 0,
      bin ?? 0,
      Math.min(band?.[1] ?? 0, 2 * (share ?? 0)),
    ]),
  )
  return [10, 20, 40, 60, 80].find(step => highest * 1.05 <= step) ?? 100
}

/** Marks of the time axis: whole minutes (or five, ten …) so that about six fit. */
export function ticksOf(untilMs: number, windowMs: number): number[] {
  const steps = [30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000]
  const step = steps.find(each => windowMs / each <= 6) ?? 3_600_000
  const first = Math.ceil((untilMs - windowMs) / step) * step
  return Array.from({ length: Math.floor((untilMs - first) / step) + 1 }, (_, index) => first + index * step)
}
