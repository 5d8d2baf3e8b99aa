import type { VerdictKind } from '@/lib/domain/model/release'

export type Lane = 'everyone' | 'header' | 'cookie'

/** Which side answered one probe. `unknown`: answered, but no version recognised; `error`: no usable answer. */
export type Answered = 'stable' | 'canary' | 'unknown' | 'error'

/** Why a lane has no verdict: an id the UI puts in words. */
export type CannotMeasure =
  | 'sampling-off'
  | 'no-gateway'
  | 'gateway-unreachable'
  | 'redirects-to-https'
  | 'asks-for-login'
  | 'tls-not-verified'
  | 'needs-example'
  | 'unknown-answers'
  | 'stable-empty'
  | 'dead'
  | 'versions-alike'
  | 'forbidden-target'

/** One lane since the last change. Units: expected, share, low, high, tolerance are fractions 0…1; missing is answers. */
export type LaneSamples = {
  lane: Lane
  /** What the lane's probes carry, e.g. "role: test". Empty for everyone. */
  mark: string
  expected: number
  sent: number
  stable: number
  canary: number
  unknown: number
  errors: number
  share: number | null
  low: number
  high: number
  verdict: VerdictKind
  tolerance: number
  missing: number
  why?: CannotMeasure
  /** Up to three answers that were not recognised: status, content type, the version words found. */
  examples: { status: number; contentType: string; words: string[] }[]
  latency: { stable: Percentiles; canary: Percentiles }
}

/** Milliseconds; null without answers. */
export type Percentiles = { p50: number | null; p95: number | null }

/** One bucket of the chart: counts of one lane in `bucketMs` from `atMs`, and the current epoch's band at its end. */
export type Bucket = {
  atMs: number
  stable: number
  canary: number
  other: number
  share: number | null
  low: number | null
  high: number | null
  /** Expected share of the lane during the bucket. */
  expected: number
}

/** A configuration change seen while sampling, for the chart's verticals. */
export type Change = { atMs: number; from: number; to: number; weightTotal: number; by: string | null }

/** How far one replica of the controller has proven the last change. Units: `missing` is answers of this replica, about. */
export type ReplicaSamples = { url: string; inEffect: string | null; missing: number }

/**
 * Whether a canary nobody is sent to would answer; `at` is when its answers had proven it, through all replicas.
 * cannot-measure: no endpoints, no gateway, or answers that show no version.
 */
export type Reachable = { state: 'proven' | 'not-proven' | 'cannot-measure'; at: string | null }

/**
 * GET R/samples and the frames `samples/…`. Times named without Ms are ISO 8601.
 * since: the last change; written: our watch showed it; due: written + T; inEffect: proven by answers, else null.
 */
export type Samples = {
  since: string
  written: string
  due: string
  inEffect: string | null
  /** Answers still needed, about, until the change can be told from what was before; 0 once in effect. */
  inEffectMissing: number
  /** The same by each replica of the controller that is known by an address: `inEffect` is theirs, all of them. */
  replicas: ReplicaSamples[]
  state: 'sampling' | 'paused' | 'off'
  /** Can a parked canary be reached; null where it is not parked. */
  reachable: Reachable | null
  target: string | null
  perSecond: number
  lanes: LaneSamples[]
  latency: { stable: Percentiles; canary: Percentiles }
  bucketMs: number
  /** ≤ 300 a lane, oldest first. */
  series: Record<Lane, Bucket[]>
  changes: Change[]
  /** Answers of lane *everyone* since sampling began; rises by one with each, so that a field of dots can stand still. */
  answeredSoFar: number
  /** The last ≤ 400 answers of lane *everyone*, oldest first: [atMs, lane, answered, status, ms, early 0|1, pod]. */
  recent: [number, Lane, Answered, number, number, 0 | 1, string][]
}
