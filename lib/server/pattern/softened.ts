import 'server-only'

type Token = readonly [find: RegExp, soften: (found: string, groups: number) => string]

/** RE2 caps repeats at 1,000, PCRE at 65,535: an allowed count becomes a star, another stays and is refused. */
function quantifier(found: string): string {
  const [low = 0, high = low] = (found.match(/\d+/g) ?? []).map(Number)
  if (!found.startsWith('{')) return found.slice(0, 1) + (found.slice(1) === '?' ? '?' : '')
  return low <= high && high <= 65_535 ? '*' : found
}

/** In PCRE a "-" beside a shorthand is itself, and a class may hold shorthands that RE2 lacks. */
const characterClass = (found: string): string =>
  found.replace(/-(?=\\[dwshv])/gi, '\\-').replace(/\\[hHvVNR]/g, 's')

/** What PCRE reads as one thing, first match wins, and what stands for it in RE2. */
const TOKENS: readonly Token[] = [
  // Whole parentheses: recursion, subroutine, back-reference by name, comment, flags alone, verb.
  [/\(\?(?:R|[+-]?\d+|&\w+|P[>=]\w+|#[^)]*|[-imsxJnXU^]+)\)/y, () => '(?:)'],
  [/\(\*[A-Z0-9_]+(?::[^)]*)?\)/y, () => '(?:)'],
  // Openings: look-around, atomic, branch reset, named, conditional, flags with a body.
  [/\(\?(?:<?[=!]|[>|]|<\w+>|P<\w+>|'\w+'|\(\w+\)|[-imsxJnXU^]*:)/y, () => '(?:'],
  [/\\Q.*?\\E/sy, () => 'x'],
  [/\\(?:[gk](?:\{[^}]*\}|<[^>]*>|'[^']*'|-?\d+)|o\{[0-7]+\}|c.|[hHRXZGNKvVeE])/sy, () => 'x'],
  [/\\[1-9]\d*/y, (found, groups) => (found.length > 2 || Number(found.slice(1)) <= groups ? 'x' : found)],
  [/\\./sy, found => found],
  [/\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]/sy, characterClass],
  [/(?:[*+?]|\{\d+(?:,\d*)?\})[+?]?/y, quantifier],
  [/./sy, found => found],
]

/**
 * The pattern with everything only PCRE knows replaced, in place, by something RE2 knows.
 * It matches other texts; whether it compiles tells whether PCRE may compile the original, and only that is it for.
 */
export function softened(pattern: string): string {
  const groups = pattern.match(/\((?!\?(?!P?<\w|')|\*)/g)?.length ?? 0
  let soft = ''
  let at = 0
  while (at < pattern.length) {
    for (const [find, soften] of TOKENS) {
      find.lastIndex = at
      const found = find.exec(pattern)?.[0]
      if (!found) continue
      soft += soften(found, groups)
      at += found.length
      break
    }
  }
  return soft
}
