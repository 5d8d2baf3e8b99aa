const POSIX: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: 'A-Fa-f0-9',
  word: '\\w',
  cntrl: '\\x00-\\x1f\\x7f',
  graph: '!-~',
  print: ' -~',
  ascii: '\\x00-\\x7f',
}
const SETS: Readonly<Record<string, string>> = {
  h: ' \\t',
  v: '\\n\\x0b\\f\\r',
  e: '\\x1b',
  a: '\\x07',
  E: '',
}

const inverted = (set: string): string => ({ '\\s': '\\S', '\\w': '\\W', '0-9': '\\D' })[set] ?? ''

/** The other case of a letter or of a range of letters; nothing for anything else. */
function otherCase(item: string): string {
  if (!/^[a-z](-[a-z])?$|^[A-Z](-[A-Z])?$/.test(item)) return ''
  return item === item.toLowerCase() ? item.toUpperCase() : item.toLowerCase()
}

const ITEM = /\[:(\^?)(\w+):\]|\\x\{([0-9A-Fa-f]+)\}|\\([\s\S])|([^\]\\])-([^\]\\[])|([^\]])/y

/**
 * A character class of PCRE, from the "[" at `start`, as one of JavaScript; null where it does not compile.
 * Source: PCRE2 pattern syntax, "Square brackets and character classes", "POSIX character classes".
 */
export function classOf(
  pattern: string,
  start: number,
  caseless: boolean,
): { text: string; end: number } | null {
  const isNegated = pattern[start + 1] === '^'
  let at = start + (isNegated ? 2 : 1)
  let text = ''
  const isFirst = (place: number) => place === start + (isNegated ? 2 : 1)
  for (; at < pattern.length; at = ITEM.lastIndex) {
    if (pattern[at] === ']' && !isFirst(at)) return { text: `[${isNegated ? '^' : ''}${text}]`, end: at + 1 }
    ITEM.lastIndex = at
    if (pattern[at] === ']') {
      text += '\\]'
      ITEM.lastIndex = at + 1
      continue
    }
    const item = ITEM.exec(pattern)
    const read = item && itemText(item, caseless)
    if (read === null) return null
    text += read
  }
  return null
}

function itemText(item: RegExpExecArray, caseless: boolean): string | null {
  const [whole, not, posix, code, escaped, from, to] = item
  if (posix !== undefined) {
    const set = POSIX[posix]
    return set === undefined ? null : not ? inverted(set) || null : set
  }
  if (code !== undefined) return `\\u${code.padStart(4, '0').slice(-4)}`
  if (escaped !== undefined) return SETS[escaped] ?? whole
  if (from !== undefined && to !== undefined) {
    const range = `${plain(from)}-${plain(to)}`
    return range + (caseless ? otherCase(whole) : '')
  }
  return plain(whole) + (caseless ? otherCase(whole) : '')
}

const plain = (char: string): string => char.replace(/[\]\\[^]/g, '\\$&')
