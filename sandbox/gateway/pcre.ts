import { classOf } from './pcre-class'

const ESCAPES: Readonly<Record<string, string>> = {
  A: '(?<![\\s\\S])',
  G: '(?<![\\s\\S])',
  z: '(?![\\s\\S])',
  Z: '(?!\\n?[\\s\\S])',
  h: '[ \\t]',
  H: '[^ \\t]',
  v: '[\\n\\x0b\\f\\r]',
  V: '[^\\n\\x0b\\f\\r]',
  N: '[^\\n]',
  R: '(?:\\r\\n|[\\n\\x0b\\f\\r])',
  a: '\\x07',
  e: '\\x1b',
  E: '',
  K: '',
}
const KEPT = /[dDwWsSbBtnrf]/
/** Every construct of the syntax, longest first; what is left is a character for itself. */
const TOKEN =
  /\\Q([\s\S]*?)(?:\\E|$)|\\x\{([0-9A-Fa-f]+)\}|\\x([0-9A-Fa-f]{0,2})|\\(?:g\{([1-9])\}|g?([1-9]))|\\k[<{']\w+[>}']|\\([\s\S]?)|\(\?#[^)]*\)|\(\?P=(\w+)\)|\(\?(?:P?<|')(\w+)[>']|\(\?(\^?[imsxnJU-]*)([:)])|\((?:\?(?:[=!>]|<[=!]))?|([*+?]|\{\d+(?:,\d*)?\})([+?]?)|[\s\S]/y

type Reading = { text: string; caseless: boolean[]; groups: number; highest: number }

const letterOf = (char: string, caseless: boolean): string => {
  if (caseless && /[a-z]/i.test(char)) return `[${char.toLowerCase()}${char.toUpperCase()}]`
  return /[\]{}/]/.test(char) ? `\\${char}` : char
}

function escapeOf(char: string, caseless: boolean): string | null {
  if (char in ESCAPES) return ESCAPES[char] ?? null
  if (KEPT.test(char)) return `\\${char}`
  if (char === '0') return '\\x00'
  return char === '' || /[A-Za-z0-9]/.test(char) ? null : letterOf(`\\${char}`, caseless)
}

const flagsAfter = (flags: string, before: boolean): boolean => {
  const [on = '', off = ''] = flags.split('-')
  if (off.includes('i')) return false
  return on.includes('i') || (before && !on.startsWith('^'))
}

function open(whole: string, reading: Reading, caseless: boolean): string | null {
  if (whole === '(') reading.groups++
  reading.caseless.push(caseless)
  return whole === '(?>' ? '(?:' : whole
}

/** One construct in JavaScript; null where PCRE would not compile it or JavaScript has nothing like it. */
function constructOf(token: RegExpExecArray, reading: Reading): string | null {
  const [whole, quoted, code, hex, braced, digit, escaped, recalled, named, flags, ends, repeat, manner] =
    token
  const caseless = reading.caseless.at(-1) ?? false
  if (quoted !== undefined)
    return quoted.replace(/[\s\S]/g, char => letterOf(char, caseless)).replace(/[.*+?^$|()[\\]/g, '\\$&')
  if (code !== undefined) return `\\u${code.padStart(4, '0').slice(-4)}`
  if (hex !== undefined) return `\\x${hex.padStart(2, '0')}`
  const reference = braced ?? digit
  if (reference !== undefined) {
    reading.highest = Math.max(reading.highest, Number(reference))
    return `(?:\\${reference})`
  }
  if (whole.startsWith('\\k')) return `\\k<${whole.slice(3, -1)}>`
  if (escaped !== undefined) return escapeOf(escaped, caseless)
  if (whole.startsWith('(?#')) return ''
  if (recalled !== undefined) return `\\k<${recalled}>`
  if (named !== undefined) return open('(', reading, caseless) && `(?<${named}>`
  if (flags !== undefined) {
    const isCaseless = flagsAfter(flags, caseless)
    if (ends === ':') return open('(?:', reading, isCaseless)
    reading.caseless[reading.caseless.length - 1] = isCaseless
    return ''
  }
  // A possessive quantifier gives nothing back; JavaScript has only the greedy one.
  if (repeat !== undefined) return repeat + (manner === '?' ? '?' : '')
  if (whole.startsWith('(')) return open(whole, reading, caseless)
  if (whole !== ')') return letterOf(whole, caseless)
  return reading.caseless.length > 1 && reading.caseless.pop() !== undefined ? whole : null
}

/**
 * A PCRE pattern in JavaScript's syntax, with the same groups; null where it does not compile.
 *
 * Limits: possessive quantifiers and atomic groups give back; recursion, conditions, callouts and verbs are refused.
 * Source: PCRE2 pattern syntax.
 */
export function javaScriptOf(pattern: string): string | null {
  const reading: Reading = { text: '', caseless: [false], groups: 0, highest: 0 }
  for (let at = 0; at < pattern.length; ) {
    if (pattern.startsWith('(*', at)) return null
    if (pattern[at] === '[') {
      const found = classOf(pattern, at, reading.caseless.at(-1) ?? false)
      if (!found) return null
      reading.text += found.text
      at = found.end
      continue
    }
    TOKEN.lastIndex = at
    const token = TOKEN.exec(pattern)
    const text = token && constructOf(token, reading)
    if (text === null) return null
    reading.text += text
    at = TOKEN.lastIndex
  }
  const isClosed = reading.caseless.length === 1
  return isClosed && reading.highest <= reading.groups ? reading.text : null
}
