import type { Percentiles } from '@/lib/domain/model/samples'

/** The last answers' times, oldest first. Units: milliseconds. */
export type Latencies = readonly number[]

const KEPT = 500

/** Adds one answer's time and forgets the oldest. */
export const withLatency = (latencies: Latencies, ms: number): Latencies => [...latencies.slice(1 - KEPT), ms]

/** Median and 95th percentile by nearest rank; null without answers. */
export function percentilesOf(latencies: Latencies): Percentiles {
  const sorted = [...latencies].sort((a, b) => a - b)
  const rank = (part: number) => sorted[Math.ceil(part * sorted.length) - 1] ?? null
  return { p50: rank(0.5), p95: rank(0.95) }
}
