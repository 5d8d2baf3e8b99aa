const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))

/** A weight as "a in b" in its smallest whole numbers: 20 of 100 → 1 in 5. */
export function fractionOf(weight: number, weightTotal: number): { part: number; whole: number } {
  const divisor = gcd(weight, weightTotal) || 1
  return { part: weight / divisor, whole: weightTotal / divisor }
}
