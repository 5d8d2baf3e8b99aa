import 'server-only'

/**
 * Whether resourceVersion `a` is later than `b`. Versions that are no decimal numbers cannot be told apart: later.
 * Source: KEP-5504: versions are decimal integers of any length and compare as such.
 */
export function isLater(a: string, b: string): boolean {
  if (!isDecimal(a) || !isDecimal(b)) return true
  return a.length === b.length ? a > b : a.length > b.length
}

/** Whether resourceVersion `a` is certainly earlier than `b`. */
export const isEarlier = (a: string, b: string): boolean =>
  isDecimal(a) && isDecimal(b) && a !== b && isLater(b, a)

const isDecimal = (text: string) => /^(0|[1-9]\d*)$/.test(text)
