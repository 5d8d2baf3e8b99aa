/**
 * A request target taken apart as nginx does: `path` is decoded and without dot segments, `query` begins with "?".
 * `raw` is what an upstream is asked for, even with a fragment.
 */
export type Target = { host: string | null; path: string; query: string; raw: string }

const ABSOLUTE = /^https?:\/\/([^/?#]*)/i

function withoutDots(path: string): string | null {
  const kept: string[] = []
  const segments = path.split('/').slice(1)
  for (const [at, segment] of segments.entries()) {
    const last = at === segments.length - 1
    if (segment === '..' && kept.pop() === undefined) return null
    if (segment !== '..' && segment !== '.' && (segment !== '' || last)) kept.push(segment)
    else if (last) kept.push('')
  }
  return `/${kept.join('/')}`
}

function decoded(path: string): string | null {
  try {
    const text = decodeURIComponent(path)
    return text.includes('\0') ? null : text
  } catch {
    return /%(?![0-9a-f]{2})/i.test(path) || /%00/.test(path)
      ? null
      : path.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  }
}

/**
 * Reads the target of a request line; null where nginx answers 400.
 * Source: nginx 1.27, ngx_http_parse.c (percent decoding, dot segments, merge_slashes on).
 */
export function parseTarget(target: string): Target | null {
  const absolute = ABSOLUTE.exec(target)
  const local = absolute ? target.slice(absolute[0].length) || '/' : target
  const raw = local.startsWith('?') ? `/${local}` : local
  if (!raw.startsWith('/')) return null
  const [before = ''] = raw.split('#')
  const mark = before.indexOf('?')
  const text = decoded(mark < 0 ? before : before.slice(0, mark))
  const path = text === null ? null : withoutDots(text)
  if (path === null) return null
  return { host: absolute?.[1] ?? null, path, query: mark < 0 ? '' : before.slice(mark), raw }
}

/**
 * The host a request names, as server names are compared: lower case, without port and final dot; null where nginx
 * answers 400. Source: nginx 1.27, ngx_http_validate_host.
 */
export function hostOf(header: string): string | null {
  if (/[\0- \x7f/]|\.\./.test(header)) return null
  const [host = ''] = /^(?:\[[^\]]*\]|[^:]*)/.exec(header.toLowerCase()) ?? []
  return host.replace(/\.$/, '') || null
}

const escaped = (path: string) =>
  path.replace(/[^A-Za-z0-9\-._~!$&'()*+,;=:@/]/gu, letter =>
    Buffer.from(letter).toString('hex').toUpperCase().replace(/../g, '%$&'),
  )

/**
 * The target the upstream is asked for, after `rewrite-target`: $1…$9 stand for the groups of the Ingress path.
 * Source: ingress-nginx 1.15.1, template.go buildProxyPass: rewrite "(?i)<path>" <target> break.
 */
export function rewritten(target: Target, rewriteTarget: string, groups: readonly string[]): string {
  const text = rewriteTarget.replace(
    /\$(?:(\d)|\{(\d)\})/g,
    (_, plain, braced) => groups[plain ?? braced] ?? '',
  )
  const mark = text.indexOf('?')
  const path = mark < 0 ? text : text.slice(0, mark)
  const own = mark < 0 ? '' : text.slice(mark + 1)
  const rooted = escaped(path.startsWith('/') ? path : `/${path}`)
  if (text.endsWith('?')) return own === '' ? rooted : `${rooted}?${own.replace(/\?$/, '')}`
  const query = [own, target.query.slice(1)].filter(part => part !== '').join('&')
  return query === '' ? rooted : `${rooted}?${query}`
}
