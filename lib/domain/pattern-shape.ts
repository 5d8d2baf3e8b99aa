/** Constructs of a pattern we refuse to write, because their time or meaning cannot be bounded. */
export type RiskyShape = 'look-around' | 'back-reference' | 'nested-quantifier'

const isQuantifier = (rest: string): boolean => /^(?:[*+?]|\{\d)/.test(rest)

/** Positions of a pattern that are syntax: neither escaped nor inside a character class. */
function syntaxOf(pattern: string): { at: number; char: string }[] {
  const syntax: { at: number; char: string }[] = []
  let classStart = -1
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at)
    if (char === '\\') at++
    else if (classStart >= 0) {
      const isFirst = at === classStart + 1 || (at === classStart + 2 && pattern[at - 1] === '^')
      if (char === ']' && !isFirst) classStart = -1
    } else if (char === '[') classStart = at
    else syntax.push({ at, char })
  }
  return syntax
}

function nestsQuantifiers(pattern: string): boolean {
  const repeats: boolean[] = [false]
  for (const { at, char } of syntaxOf(pattern)) {
    const isOpening = pattern[at - 1] === '(' && pattern[at - 2] !== '\\'
    if (char === '(') repeats.push(false)
    else if (char === ')') {
      const inner = repeats.pop() ?? false
      const next = pattern.slice(at + 1)
      if (inner && isQuantifier(next) && !next.startsWith('?')) return true
      if (inner) repeats[repeats.length - 1] = true
    } else if (isQuantifier(pattern.slice(at)) && !isOpening) repeats[repeats.length - 1] = true
  }
  return false
}

/** The risky construct in a pattern, the worst first; null where it has none. */
export function riskyShapeOf(pattern: string): RiskyShape | null {
  if (/\(\?<?[=!]/.test(pattern)) return 'look-around'
  if (/\\(?:[1-9]|[gk][{<'\d-])|\(\?P=/.test(pattern.replaceAll('\\\\', ''))) return 'back-reference'
  return nestsQuantifiers(pattern) ? 'nested-quantifier' : null
}

/** Does the pattern bind both ends; else a search finds it anywhere, "v2" in "no-v2-please" too. */
export const isAnchored = (pattern: string): boolean =>
  /^(?:\(\?[a-z]+\))?\^/.test(pattern) &&
  /(?:^|[^\\])(?:\\\\)*\$$/.test(pattern) &&
  !hasOuterAlternative(pattern)

function hasOuterAlternative(pattern: string): boolean {
  let depth = 0
  for (const { char } of syntaxOf(pattern)) {
    if (char === '(') depth++
    if (char === ')') depth--
    if (char === '|' && depth === 0) return true
  }
  return false
}

/** Bytes: what PCRE compiles a pattern into may not be longer, and what each construct takes at least. */
const LARGEST = 65_530
const AROUND = 7
const BYTES: Readonly<Record<string, number>> = {
  '|': 3,
  '(': 6,
  ')': 0,
  '^': 1,
  $: 1,
  '.': 1,
  '*': 0,
  '+': 0,
  '?': 0,
}
const UNCOUNTED = /\(\?[#a-zA-Z-]|\{|\\Q/

/**
 * Is a pattern too large for PCRE to compile: then every request that carries the header gets stable.
 * Limits: sure of patterns of literal alternatives (3,448 of eight characters are the most); false where a construct may
 * take less than its characters.
 * Source: PCRE2 with LINK_SIZE 2, pcre2_compile.c MAX_PATTERN_SIZE (canary-semantics.md A.4.3).
 */
export function isTooLarge(pattern: string): boolean {
  if (3 * pattern.length < LARGEST || UNCOUNTED.test(pattern)) return false
  const bytes = syntaxOf(pattern).reduce((sum, { char }) => sum + (BYTES[char] ?? 2), AROUND)
  return bytes > LARGEST
}
