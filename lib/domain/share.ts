import type { Band } from '@/lib/domain/confidence'
import type { Answered, Bucket, Lane } from '@/lib/domain/model/samples'

/** The chart's buckets, all lanes on one time grid, oldest first. */
export type Series = { bucketMs: number; lanes: Readonly<Record<Lane, readonly Bucket[]>> }

/** One answer as the chart draws it: counted in the bucket it was sent in; `expected` is a fraction 0…1. */
export type Drawn = { lane: Lane; answered: Answered; atMs: number; expected: number; band: Band | null }

const LIMIT = 300

/** No answers yet. Units: the finest grid is one second. */
export const noSeries: Series = { bucketMs: 1000, lanes: { everyone: [], header: [], cookie: [] } }

const shareOf = ({ stable, canary }: Pick<Bucket, 'stable' | 'canary'>) =>
  stable + canary === 0 ? null : canary / (stable + canary)

const emptyBucket = (atMs: number, expected: number): Bucket => ({
  atMs,
  stable: 0,
  canary: 0,
  other: 0,
  share: null,
  low: null,
  high: null,
  expected,
})

function grown(bucket: Bucket, { answered, expected, band }: Drawn): Bucket {
  const more = (kind: boolean) => (kind ? 1 : 0)
  const counts = {
    stable: bucket.stable + more(answered === 'stable'),
    canary: bucket.canary + more(answered === 'canary'),
    other: bucket.other + more(answered === 'unknown' || answered === 'error'),
  }
  const { low, high } = band ?? { low: bucket.low, high: bucket.high }
  return { ...bucket, ...counts, share: shareOf(counts), low, high, expected }
}

function merged(buckets: readonly Bucket[], bucketMs: number): Bucket[] {
  const wide: Bucket[] = []
  for (const bucket of buckets) {
    const atMs = Math.floor(bucket.atMs / bucketMs) * bucketMs
    const last = wide.at(-1)
    if (last?.atMs !== atMs) {
      wide.push({ ...bucket, atMs })
      continue
    }
    const [stable, canary] = [last.stable + bucket.stable, last.canary + bucket.canary]
    const other = last.other + bucket.other
    wide[wide.length - 1] = { ...bucket, atMs, stable, canary, other, share: shareOf({ stable, canary }) }
  }
  return wide
}

/** Twice as coarse a grid, so that the whole time fits. */
function coarser({ bucketMs, lanes }: Series): Series {
  const wide = bucketMs * 2
  return {
    bucketMs: wide,
    lanes: {
      everyone: merged(lanes.everyone, wide),
      header: merged(lanes.header, wide),
      cookie: merged(lanes.cookie, wide),
    },
  }
}

/**
 * Adds one answer to its lane's bucket. An answer that comes late is counted where it was sent.
 * Limits: at most 300 buckets a lane; then all lanes go to a grid twice as coarse.
 */
export function withDrawn(series: Series, drawn: Drawn): Series {
  const { bucketMs, lanes } = series
  const buckets = [...lanes[drawn.lane]]
  const atMs = Math.floor(drawn.atMs / bucketMs) * bucketMs
  let at = buckets.length
  while (at > 0 && (buckets[at - 1]?.atMs ?? 0) > atMs) at--
  const held = buckets[at - 1]
  if (held?.atMs === atMs) buckets[at - 1] = grown(held, drawn)
  else buckets.splice(at, 0, grown(emptyBucket(atMs, drawn.expected), drawn))
  const next = { bucketMs, lanes: { ...lanes, [drawn.lane]: buckets } }
  return buckets.length > LIMIT ? coarser(next) : next
}
