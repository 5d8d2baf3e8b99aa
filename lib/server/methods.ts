import 'server-only'
import { refuse } from '@/lib/server/handle'
import type { Handler } from '@/lib/server/http'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
type Method = (typeof METHODS)[number]

/**
 * All methods of one address: those given, HEAD wherever there is GET, and for the rest 405 with what is allowed.
 * Source: RFC 9110 §15.5.6.
 */
export function methods(given: Partial<Record<Method, Handler>>): Record<Method, Handler> {
  const all = given.GET ? { HEAD: headOf(given.GET), ...given } : given
  const allow = METHODS.filter(method => all[method]).join(', ')
  const refuseMethod = refuse({
    code: 'method-not-allowed',
    title: `This address takes ${allow}`,
    params: { allow },
  })
  const other: Handler = async (request, context) => {
    const answer = await refuseMethod(request, context)
    if (answer.status === 405) answer.headers.set('allow', allow)
    return answer
  }
  const of = (method: Method) => all[method] ?? other
  return {
    GET: of('GET'),
    HEAD: of('HEAD'),
    POST: of('POST'),
    PUT: of('PUT'),
    PATCH: of('PATCH'),
    DELETE: of('DELETE'),
    OPTIONS: of('OPTIONS'),
  }
}

/** The head of what GET answers; an endless body is given up at once. */
const headOf =
  (get: Handler): Handler =>
  async (request, context) => {
    const { status, headers, body } = await get(request, context)
    await body?.cancel()
    return new Response(null, { status, headers })
  }
