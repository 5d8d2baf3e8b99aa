const BLANK = '[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+'
const OUTER_BLANKS = new RegExp(`^${BLANK}|${BLANK}$`, 'g')
const TRUE: ReadonlySet<string> = new Set(['1', 't', 'T', 'TRUE', 'true', 'True'])
const FALSE: ReadonlySet<string> = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False'])
const MAX_INT = 2n ** 63n

/** A truth value as Go reads it; null where Go reports an error. Source: Go, strconv.ParseBool. */
export function parseGoBool(text: string): boolean | null {
  if (TRUE.has(text)) return true
  return FALSE.has(text) ? false : null
}

/** A whole number as Go reads it; null where Go reports an error. Source: Go, strconv.Atoi on 64 bits. */
export function parseGoInt(text: string): number | null {
  if (!/^[+-]?[0-9]+$/.test(text)) return null
  const value = BigInt(text.replace('+', ''))
  return value < MAX_INT && value >= -MAX_INT ? Number(value) : null
}

/** Every line without its outer blanks. Source: ingress-nginx 1.15.1, parser/main.go normalizeString. */
export const trimmedLines = (text: string): string =>
  text
    .split('\n')
    .map(line => line.replace(OUTER_BLANKS, ''))
    .join('\n')
