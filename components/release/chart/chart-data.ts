import type { Bucket } from '@/lib/domain/model/samples'

/** At most this many points are drawn a lane; more would only cost paint. */
const POINTS = 300
/** Share and band are drawn from here on after a change: the first answers alone say nothing. */
const SETTLE_MS = 30_000
/** The share is that of the last so many recognised answers since the change: an epoch's length (design: sampling.md §3). */
const EPOCH = 500
/** A window shows so many raw bins. */
const BINS = 60

/** One point of a lane's chart. Units: percent, 0…100; `atMs` is the middle of what it stands for. */
export type Point = {
  atMs: number
  configured: number
  share: number | null
  band: [number, number] | null
}

/** The raw share of one stretch of time. Units: percent. */
export type Bin = { atMs: number; bin: number }

/**
 * What is looked at. Units: milliseconds; `untilMs` is epoch milliseconds, the right end; `leadMs` is from written to due;
 * `sinceMs` is when sampling began: a lane that begins later came with a change.
 */
export type Frame = { bucketMs: number; untilMs: number; windowMs: number; leadMs: number; sinceMs: number }

const percent = (fraction: number) => Math.round(fraction * 1000) / 10

/** The buckets of one configuration: the share starts anew where the configured one changes. */
function stretches(buckets: readonly Bucket[]): Bucket[][] {
  const all: Bucket[][] = []
  for (const bucket of buckets) {
    const last = all.at(-1)
    if (last?.[0]?.expected === bucket.expected) last.push(bucket)
    else all.push([bucket])
  }
  return all
}

/** The share of the last answers up to each bucket. Answers sent before *due* count for nothing. */
function shares(stretch: readonly Bucket[], fromMs: number): (number | null)[] {
  let [canary, known, oldest] = [0, 0, 0]
  return stretch.map(bucket => {
    if (bucket.atMs < fromMs) {
      oldest++
      return null
    }
    canary += bucket.canary
    known += bucket.canary + bucket.stable
    for (let first = stretch[oldest]; first; first = stretch[oldest]) {
      const size = first.canary + first.stable
      if (known - size < EPOCH) break
      canary -= first.canary
      known -= size
      oldest++
    }
    return known === 0 ? null : canary / known
  })
}

function stretchPoints(stretch: readonly Bucket[], begun: boolean, frame: Frame): Point[] {
  const startMs = stretch[0]?.atMs ?? 0
  const running = shares(stretch, begun ? startMs + frame.leadMs : startMs)
  return stretch.map(({ atMs, expected, low, high }, index) => {
    const share = running[index] ?? null
    const settling = begun && atMs < startMs + SETTLE_MS
    return {
      atMs: atMs + frame.bucketMs / 2,
      configured: percent(expected),
      share: settling || share === null ? null : percent(share),
      band: settling || low === null || high === null ? null : [percent(low), percent(high)],
    }
  })
}

/**
 * The points of one lane in a window, at most 300. Share and band start anew where the configured share changes, and are
 * left out for the first 30 s there.
 */
export function pointsOf(buckets: readonly Bucket[], frame: Frame): Point[] {
  const fromMs = frame.untilMs - frame.windowMs
  const isNewLane = (buckets[0]?.atMs ?? 0) > frame.sinceMs + frame.bucketMs
  const all = stretches(buckets).flatMap((stretch, index) =>
    stretchPoints(stretch, index > 0 || isNewLane, frame),
  )
  const seen = all.filter(point => point.atMs >= fromMs)
  const step = Math.max(1, Math.ceil(seen.length / POINTS))
  const isEdge = (index: number) => seen[index]?.configured !== seen[index - 1]?.configured
  return seen.filter((_, index) => (seen.length - 1 - index) % step === 0 || isEdge(index)).slice(-POINTS)
}

/** How much time one raw bin of a window stands for: whole buckets. Units: milliseconds. */
export const binMsOf = ({ bucketMs, windowMs }: Pick<Frame, 'bucketMs' | 'windowMs'>): number =>
  Math.max(1, Math.round(windowMs / BINS / bucketMs)) * bucketMs

/** The raw shares of a lane in a window, bin by bin; a bin without a recognised answer is left out. */
export function binsOf(buckets: readonly Bucket[], frame: Frame): Bin[] {
  const binMs = binMsOf(frame)
  const sums = new Map<number, { canary: number; known: number }>()
  for (const { atMs, canary, stable } of buckets) {
    if (atMs < frame.untilMs - frame.windowMs) continue
    const at = Math.floor(atMs / binMs) * binMs
    const sum = sums.get(at) ?? { canary: 0, known: 0 }
    sums.set(at, { canary: sum.canary + canary, known: sum.known + canary + stable })
  }
  return [...sums]
    .filter(([, { known }]) => known > 0)
    .map(([at, { canary, known }]) => ({ atMs: at + binMs / 2, bin: percent(canary / known) }))
}

/** Marks of the share's axis, from 0 to the smallest round end above all that is drawn. */
const SCALES: readonly (readonly number[])[] = [
  [0, 0.5, 1],
  [0, 1, 2],
  [0, 1, 2, 3, 4, 5],
  [0, 5, 10],
  [0, 5, 10, 15, 20],
  [0, 10, 20, 30, 40],
  [0, 20, 40, 60],
  [0, 20, 40, 60, 80],
]
const WHOLE = [0, 25, 50, 75, 100]
const PLAIN = [0, 5, 10]

/** The scale fitted to what is drawn; a band may run out of it where it is far wider than the share. */
export function scaleOf(points: readonly Point[], bins: readonly Bin[]): readonly number[] {
  const highest = Math.max(
    0,
    ...bins.map(({ bin }) => bin),
    ...points.map(({ configured, share, band }) =>
      Math.max(configured, share ?? 0, Math.min(band?.[1] ?? 0, 2 * Math.max(share ?? 0, configured))),
    ),
  )
  if (highest === 0) return PLAIN
  return SCALES.find(scale => highest * 1.05 <= (scale.at(-1) ?? 0)) ?? WHOLE
}

/** Marks of the time axis: whole minutes (or five, ten …) so that about six fit. */
export function ticksOf(untilMs: number, windowMs: number): number[] {
  const steps = [30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000]
  const step = steps.find(each => windowMs / each <= 6) ?? 3_600_000
  const first = Math.ceil((untilMs - windowMs) / step) * step
  return Array.from({ length: Math.floor((untilMs - first) / step) + 1 }, (_, index) => first + index * step)
}
