import type { HeaderRule } from '@/lib/domain/model/release'
import type { Abilities } from '@/lib/domain/model/routing'
import { isAnchored, riskyShapeOf } from '@/lib/domain/pattern-shape'
import { type Failure, fail } from '@/lib/domain/problem'
import { EXAMPLE, HEADER_NAME } from '@/lib/domain/sampling-setting'

/** What a request wants the rules to be: all of them. */
export type RulesInput = {
  header: {
    name: string
    value?: string | undefined
    pattern?: string | undefined
    example?: string | undefined
  } | null
  cookie: string | null
}

const HEADER_VALUE = /^[A-Za-z0-9._~:/-]{1,128}$/
const HEADER_PATTERN = /^[-._~A-Za-z0-9/:^$[\](){}*+?|&=\\]{1,128}$/
const COOKIE_NAME = /^[A-Za-z0-9_-]{1,64}$/
/** Headers that carry the request itself, its body, its sender or a secret. */
const RESERVED_HEADER =
  /^(?:host|authorization|cookie|connection|content-.*|transfer-encoding|x-forwarded-.*|x-real-ip)$/i
/** Cookies that applications and the controller keep sessions in. */
const SESSION_COOKIE = /^(?:session|sessionid|session_id|sid|jsessionid|phpsessid|ingresscookie)$/i

const refuse = (field: string, rule: string, title: string): Failure =>
  fail('invalid-input', title, { field, params: { rule } })

function nameProblem(name: string): Failure | null {
  if (!HEADER_NAME.test(name)) {
    const title = 'A header name is 1 to 63 letters, digits and dashes, and begins with a letter'
    return refuse('header.name', 'characters', title)
  }
  const title = `The header ${name} belongs to the request itself and cannot be a mark`
  return RESERVED_HEADER.test(name) ? refuse('header.name', 'reserved', title) : null
}

function valueProblem(value: string): Failure | null {
  const field = 'header.value'
  if (!HEADER_VALUE.test(value)) {
    return refuse(field, 'characters', 'A header value is 1 to 128 letters, digits and . _ ~ : / -')
  }
  const title = `With an exact value, "${value}" loses its own meaning: leave the value out for always and never`
  return value === 'always' || value === 'never' ? refuse(field, 'always-never', title) : null
}

const RISKY = {
  'look-around': 'Look-around cannot be checked here: write the pattern without (?=, (?!, (?<= and (?<!',
  'back-reference': 'Back-references cannot be checked here: write the pattern without them',
  'nested-quantifier': 'A repeated group that repeats inside can take the gateway for ever: flatten it',
} as const

function patternProblem(pattern: string, matches: Abilities['matches']): Failure | null {
  const field = 'header.pattern'
  if (!HEADER_PATTERN.test(pattern)) {
    const title = 'A pattern is 1 to 128 letters, digits and - . _ ~ / : ^ $ [ ] ( ) { } * + ? | & = \\'
    return refuse(field, 'characters', title)
  }
  const shape = riskyShapeOf(pattern)
  if (shape) return refuse(field, shape, RISKY[shape])
  const title = 'The pattern does not compile, so the gateway would send its carriers to stable'
  return typeof matches(pattern, '') === 'string' ? refuse(field, 'does-not-compile', title) : null
}

function exampleProblem(
  { pattern = '', example }: { pattern?: string | undefined; example?: string | undefined },
  matches: Abilities['matches'],
): Failure | null {
  const field = 'header.example'
  if (example === undefined) {
    return refuse(field, 'missing', 'A pattern needs an example that matches it, so that probes can carry it')
  }
  if (!EXAMPLE.test(example)) {
    return refuse(field, 'characters', 'An example is 1 to 128 printable ASCII characters')
  }
  const title = 'The example does not match the pattern'
  return matches(pattern, example) === true ? null : refuse(field, 'no-match', title)
}

/** Refuses a header rule where it differs from the present one and must not be written; null where it may. */
export function headerProblem(
  wanted: RulesInput['header'],
  present: HeaderRule | null,
  matches: Abilities['matches'],
): Failure | null {
  if (!wanted) return null
  const { name, value, pattern, example } = wanted
  const isNew = (key: 'name' | 'value' | 'pattern' | 'example') => wanted[key] !== present?.[key]
  if (value !== undefined && pattern !== undefined && (isNew('value') || isNew('pattern'))) {
    return refuse('header.pattern', 'value-and-pattern', 'With a value the pattern is ignored: choose one')
  }
  if (pattern === undefined && example !== undefined) {
    return refuse('header.example', 'without-pattern', 'Only a pattern takes an example')
  }
  return (
    (isNew('name') ? nameProblem(name) : null) ??
    (value !== undefined && isNew('value') ? valueProblem(value) : null) ??
    (pattern !== undefined && isNew('pattern') ? patternProblem(pattern, matches) : null) ??
    (pattern !== undefined && (isNew('pattern') || isNew('example')) ? exampleProblem(wanted, matches) : null)
  )
}

/** Refuses a cookie's name that must not become a rule; null where it may, and for no cookie at all. */
export function cookieProblem(name: string | null, sessionCookieName: string | null): Failure | null {
  if (name === null) return null
  if (!COOKIE_NAME.test(name)) {
    return refuse('cookie', 'characters', 'A cookie name is 1 to 64 letters, digits, _ and -')
  }
  const isSession = SESSION_COOKIE.test(name) || name.toLowerCase() === sessionCookieName?.toLowerCase()
  const title = `The cookie ${name} holds sessions and cannot be a mark`
  return isSession ? refuse('cookie', 'session-cookie', title) : null
}

/** What is worth a word beside a rule that may be written: a search that finds its text anywhere. */
export const ruleWarning = (header: RulesInput['header']): 'unanchored' | null =>
  header?.pattern !== undefined && !isAnchored(header.pattern) ? 'unanchored' : null
