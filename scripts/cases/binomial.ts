const logFactorials = [0]

function logFactorial(n: number): number {
  for (let i = logFactorials.length; i <= n; i++)
    logFactorials.push((logFactorials[i - 1] ?? 0) + Math.log(i))
  return logFactorials[n] ?? 0
}

function chance(hits: number, trials: number, share: number): number {
  if (share <= 0) return hits === 0 ? 1 : 0
  if (share >= 1) return hits === trials ? 1 : 0
  const ways = logFactorial(trials) - logFactorial(hits) - logFactorial(trials - hits)
  return Math.exp(ways + hits * Math.log(share) + (trials - hits) * Math.log1p(-share))
}

/**
 * Could `hits` of `trials` have come about with this share: is each exact binomial tail at least half of `level`?
 * Units: `share` and `level` are probabilities, 0…1.
 */
export function isPlausible(
  hits: number,
  { trials, share, level }: { trials: number; share: number; level: number },
): boolean {
  let below = 0
  let above = 0
  for (let k = 0; k <= trials; k++) {
    if (k <= hits) below += chance(k, trials, share)
    if (k >= hits) above += chance(k, trials, share)
  }
  return below >= level / 2 && above >= level / 2
}
