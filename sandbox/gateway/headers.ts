/** Header lines in order: name, value, name, value … as Node reads them. */
export type RawHeaders = readonly string[]

const VALID = /^[A-Za-z0-9-]+$/
const HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'te',
  'expect',
  'proxy',
  'host',
  'x-real-ip',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-forwarded-scheme',
  'x-scheme',
  'x-request-id',
])
const HOP_BACK = new Set(['connection', 'keep-alive', 'transfer-encoding', 'proxy-connection', 'upgrade'])

function* linesOf(raw: RawHeaders): Generator<[name: string, value: string]> {
  for (let i = 0; i + 1 < raw.length; i += 2) yield [raw[i] ?? '', raw[i + 1] ?? '']
}

/**
 * Request headers by lower-case name, every value kept in order.
 * Limits: names with a character nginx finds invalid are kept here; the domain drops them by the same rule.
 */
export function byName(raw: RawHeaders): Record<string, string[]> {
  const found: Record<string, string[]> = Object.create(null)
  for (const [name, value] of linesOf(raw)) {
    const key = name.toLowerCase()
    const values = found[key]
    if (values) values.push(value)
    else found[key] = [value]
  }
  return found
}

/** What is known of a request besides its headers. */
export type Via = { host: string; scheme: 'http' | 'https'; port: number; client: string; id: string }

/**
 * The headers the upstream gets: the client's without hop-by-hop and invalid ones, and nginx's own.
 * Source: ingress-nginx 1.15.1, nginx.tmpl (proxy_set_header), nginx ignore_invalid_headers and underscores_in_headers.
 */
export function upstreamHeaders(raw: RawHeaders, via: Via): string[] {
  const out = ['Host', via.host]
  for (const [name, value] of linesOf(raw)) {
    if (VALID.test(name) && !HOP.has(name.toLowerCase())) out.push(name, value)
  }
  return out.concat(
    ['X-Request-ID', via.id, 'X-Real-IP', via.client, 'X-Forwarded-For', via.client],
    ['X-Forwarded-Host', via.host, 'X-Forwarded-Port', String(via.port)],
    ['X-Forwarded-Proto', via.scheme, 'X-Forwarded-Scheme', via.scheme, 'X-Scheme', via.scheme],
  )
}

/** The headers the client gets: the upstream's without those that belong to one connection. */
export function clientHeaders(
  answer: Readonly<Record<string, string | string[] | undefined>>,
): [string, string][] {
  return Object.entries(answer).flatMap(([name, value]) => {
    if (value === undefined || HOP_BACK.has(name.toLowerCase())) return []
    return (Array.isArray(value) ? value : [value]).map((each): [string, string] => [name, each])
  })
}
