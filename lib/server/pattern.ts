import 'server-only'
import { RE2JS } from 're2js'
import { isTooLarge } from '@/lib/domain/pattern-shape'
import { softened } from '@/lib/server/pattern/softened'

type Verdict = RE2JS | 'broken' | 'unknown'

const REMEMBERED = 500
const LONGEST = 32_768
/** Looking for what PCRE may accept takes time quadratic in the pattern. */
const LONGEST_SOFTENED = 2048

/** Compiled patterns, least recently used first: the controller's objects repeat the same few for every request. */
const compiled = new Map<string, Verdict>()

/** nginx sees bytes, and its pattern has no UTF option: one character per byte keeps "." and "$" honest. */
const bytesOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

function tryCompile(pattern: string): RE2JS | null {
  try {
    return RE2JS.compile(pattern)
  } catch {
    return null
  }
}

function judge(pattern: string): Verdict {
  if (isTooLarge(pattern)) return 'broken'
  if (pattern.length > LONGEST) return 'unknown'
  const done = tryCompile(bytesOf(pattern))
  if (done) return done
  if (pattern.length > LONGEST_SOFTENED) return 'unknown'
  return tryCompile(softened(bytesOf(pattern))) ? 'unknown' : 'broken'
}

function verdictOf(pattern: string): Verdict {
  const verdict = compiled.get(pattern) ?? judge(pattern)
  compiled.delete(pattern)
  compiled.set(pattern, verdict)
  const [oldest] = compiled.keys()
  if (compiled.size > REMEMBERED && oldest !== undefined) compiled.delete(oldest)
  return verdict
}

/**
 * Does the controller's PCRE search find `pattern` in `text`, as far as RE2 can tell, in time linear in the text.
 *
 * Errors: `broken` where PCRE does not compile it, for its size or because not even RE2 would; `unknown` where RE2 refuses what PCRE may accept
 * (look-around, back-references, atomic groups, possessive quantifiers), or the pattern is longer than 32,768 characters.
 * Source: ingress-nginx 1.15.1, balancer.lua, ngx.re.match without options.
 */
export function matches(pattern: string, text: string): boolean | 'broken' | 'unknown' {
  const verdict = verdictOf(pattern)
  return verdict instanceof RE2JS ? verdict.matcher(bytesOf(text)).find() : verdict
}

/**
 * The text that `pattern` picks out of `text`: its first group, else the whole match; null without a match or where RE2
 * refuses the pattern. Limits: characters outside ASCII come back byte by byte.
 */
export function found(pattern: string, text: string): string | null {
  const verdict = verdictOf(pattern)
  if (!(verdict instanceof RE2JS)) return null
  const matcher = verdict.matcher(bytesOf(text))
  if (!matcher.find()) return null
  return (matcher.groupCount() > 0 ? matcher.group(1) : matcher.group()) ?? null
}
