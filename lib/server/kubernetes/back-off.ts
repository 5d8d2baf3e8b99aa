import 'server-only'

const [FIRST_MS, MOST_MS] = [200, 5_000]

/**
 * How long to wait before attempt `failures` + 1 at something that failed that often in a row.
 * Units: milliseconds. `draw` is a fraction 0…1 that spreads many clients: between 75 % and 100 % of 0.2 s × 2ⁿ, at most 5 s.
 */
export function backOffMs(failures: number, draw: number): number {
  if (failures <= 0) return 0
  return Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10)) * (0.75 + draw / 4)
}
