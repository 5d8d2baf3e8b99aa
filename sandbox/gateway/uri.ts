import type { Target } from '@/lib/domain/request-target'

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
