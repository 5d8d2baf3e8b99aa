import type { IncomingRequest } from '@/lib/domain/model/routing'

const OUTER_BLANKS = /^[ \t]+|[ \t]+$/g
const VALID_NAME = /^[a-z0-9-]+$/

/** Lines of the Cookie header as they came. */
export const cookieLines = ({ headers }: IncomingRequest): readonly string[] =>
  (headers.cookie ?? []).map(line => line.replace(OUTER_BLANKS, ''))

/**
 * The value nginx's $http_NAME has for a header rule's name; null where the request carries none.
 *
 * Limits: dashes and underscores of the rule are one; request headers with "_", "." or any other character but letters,
 * digits and "-" are dropped; repeated ones are joined by ", ", cookies by "; ".
 * Source: balancer.lua (replace_special_char), nginx 1.27 ngx_http_variable_unknown_header, ignore_invalid_headers.
 */
export function headerFor(request: IncomingRequest, name: string): string | null {
  const wanted = name.toLowerCase().replaceAll('_', '-')
  if (!VALID_NAME.test(wanted)) return null
  if (wanted === 'cookie') {
    const lines = cookieLines(request)
    return lines.length > 0 ? lines.join('; ') : null
  }
  const sent = Object.hasOwn(request.headers, wanted) ? request.headers[wanted] : undefined
  const values = sent ?? (wanted === 'host' && request.host ? [request.host] : [])
  return values.length > 0 ? values.map(value => value.replace(OUTER_BLANKS, '')).join(', ') : null
}
