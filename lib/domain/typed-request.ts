import { type Failure, fail } from '@/lib/domain/problem'
import { parseTarget } from '@/lib/domain/request-target'
import { HOST } from '@/lib/domain/sampling-setting'

type Texts = Readonly<Record<string, string>>

/** A request as a person types it: where to, and what it carries. `host` is "" where the route is for any. */
export type TypedRequest = { host: string; path: string; headers: Texts; cookies: Texts }

const TOKEN = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}$/
const HEADER_VALUE = /^[\x20-\x7e]{0,4096}$/
const COOKIE_VALUE = /^[\x20-\x3a\x3c-\x7e]{0,4096}$/
const PATH = /^\/[\x21\x22\x24-\x7e]{0,2047}$/

/**
 * Headers that belong to the connection, to the request itself, or that say who sends it or as which method it counts: whoever
 * types them would speak in Halftone's name. Source: RFC 9110 §7.6.1, RFC 7239; ingress-nginx 1.15.1, proxy headers.
 */
const RESERVED =
  /^(?:host|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|http2-settings|expect|content-.*|cookie2?|authorization|forwarded|via|x-forwarded-.*|x-original-.*|x-real-ip|x-method-override|x-http-method.*)$/i

const refuse = (field: string, rule: string, title: string, name: string): Failure =>
  fail('invalid-input', title, { field, params: { rule, name } })

/** Why one header cannot be sent; null where it can. Errors: `invalid-input` with the field `headers`. */
export function headerMarkProblem(name: string, value: string): Failure | null {
  if (!TOKEN.test(name)) {
    return refuse('headers', 'name', "A header name has letters, digits and !#$%&'*+-.^_`|~ only", name)
  }
  if (RESERVED.test(name)) {
    const title = `The header ${name} belongs to the connection, the request itself or its sender: it cannot be typed here`
    return refuse('headers', 'reserved', title, name)
  }
  const title = 'A header value is at most 4,096 printable ASCII characters'
  return HEADER_VALUE.test(value) ? null : refuse('headers', 'value', title, name)
}

/** Why one cookie cannot be sent; null where it can. Errors: `invalid-input` with the field `cookies`. */
export function cookieMarkProblem(name: string, value: string): Failure | null {
  if (!TOKEN.test(name)) {
    return refuse('cookies', 'name', "A cookie name has letters, digits and !#$%&'*+-.^_`|~ only", name)
  }
  const title = 'A cookie value is at most 4,096 printable ASCII characters without a semicolon'
  return COOKIE_VALUE.test(value) ? null : refuse('cookies', 'value', title, name)
}

/** Why nothing can be sent to this path; null where it can. Errors: `invalid-input` with the field `path`. */
export function pathProblem(path: string): Failure | null {
  if (PATH.test(path) && parseTarget(path)) return null
  const title = 'The path must begin with / and be printable ASCII without blanks or #'
  return fail('invalid-input', title, { field: 'path', params: { rule: 'path' } })
}

/** Why nothing can be sent to this host; null where it can, and for no host. Errors: `invalid-input` with the field `host`. */
export function hostProblem(host: string): Failure | null {
  if (host === '' || HOST.test(host)) return null
  return fail('invalid-input', 'The host must be a plain host name', {
    field: 'host',
    params: { rule: 'host' },
  })
}

function repeatedHeader(headers: Texts): Failure | null {
  const names = Object.keys(headers).map(name => name.toLowerCase())
  const twice = names.find((name, index) => names.indexOf(name) < index)
  return twice === undefined ? null : twiceProblem('headers', twice)
}

/** What is said of a name that stands there already. */
export const twiceProblem = (field: 'headers' | 'cookies', name: string): Failure =>
  refuse(field, 'twice', `${name} is there twice`, name)

const firstOf = (marks: Texts, judge: typeof headerMarkProblem): Failure | null =>
  Object.entries(marks)
    .map(([name, value]) => judge(name, value))
    .find(each => each !== null) ?? null

/**
 * Why this request cannot be sent, the first reason; null where it can. Nothing is cleaned.
 * Errors: `invalid-input`. Source: RFC 9110 §5.1 (token), RFC 6265 §4.1.1.
 */
export const requestProblem = ({ host, path, headers, cookies }: TypedRequest): Failure | null =>
  hostProblem(host) ??
  pathProblem(path) ??
  firstOf(headers, headerMarkProblem) ??
  repeatedHeader(headers) ??
  firstOf(cookies, cookieMarkProblem)

/** What the request carries, as sent: names in lower case, all cookies on one line. */
export function carriedBy({
  headers,
  cookies,
}: Pick<TypedRequest, 'headers' | 'cookies'>): Record<string, string> {
  const line = Object.entries(cookies).map(([name, value]) => `${name}=${value}`)
  return Object.fromEntries([
    ...Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    ...(line.length > 0 ? [['cookie', line.join('; ')]] : []),
  ])
}
