/** The smallest measured value that `part` (0 to 1) of the values do not exceed; NaN where nothing was measured. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN
}

/** The value in the middle. */
export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** How many times `part` goes into one, as `1/n`. */
export const oneIn = (part: number): string => `1/${Math.floor(1 / part)}`
