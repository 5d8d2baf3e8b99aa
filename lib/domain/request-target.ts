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
