import type { Route } from '@/lib/domain/model/release'
import type { Decision, IncomingRequest } from '@/lib/domain/model/routing'
import { fail, ok, type Params, type Result } from '@/lib/domain/problem'
import { parseTarget } from '@/lib/domain/request-target'
import { routeOf } from '@/lib/domain/route'

/** What one request would get, as the API tells it. `canaryShare`: a fraction 0…1, null where unknown. */
export type DecisionView = {
  to: 'stable' | 'canary' | 'split' | '503' | '404' | 'unknown'
  canaryShare: number | null
  because: string
  route: Route | null
  service: string | null
  release: string | null
  steps: { rung: string; decided: boolean; params: Params }[]
}

type Named = { namespace?: string | undefined; ingress?: string | undefined }
type Texts = Readonly<Record<string, string>>

/**
 * The request a client would send with these headers and cookies, as the controller sees it.
 * Limits: a path that nginx answers 400 stays as it is.
 */
export function requestOf(ask: {
  host: string
  path: string
  headers?: Texts | undefined
  cookies?: Texts | undefined
}): IncomingRequest {
  const headers = new Map<string, string[]>()
  for (const [name, value] of Object.entries(ask.headers ?? {})) {
    const key = name.toLowerCase()
    headers.set(key, [...(headers.get(key) ?? []), value])
  }
  const cookies = Object.entries(ask.cookies ?? {}).map(([name, value]) => `${name}=${value}`)
  const line = [...(headers.get('cookie') ?? []), ...cookies].join('; ')
  if (line) headers.set('cookie', [line])
  const path = parseTarget(ask.path)?.path ?? ask.path
  return { host: ask.host, path, headers: Object.fromEntries(headers) }
}

/**
 * A decision for the reader. Errors: `ambiguous-route` where the ingress the caller named is not where the request lands.
 */
export function decisionView(decision: Decision, named: Named = {}): Result<DecisionView> {
  const { location, backend, canary, to, canaryShare, because, steps } = decision
  const lands = location?.ingress
  const isElsewhere =
    (named.ingress !== undefined && named.ingress !== lands?.name) ||
    (named.namespace !== undefined && lands !== undefined && named.namespace !== lands.namespace)
  if (isElsewhere) {
    const where = lands ? `${lands.namespace}/${lands.name}` : 'no Ingress'
    const title = `This request lands at ${where}, not at ${named.namespace ?? '*'}/${named.ingress ?? '*'}`
    return fail('ambiguous-route', title, {
      field: named.ingress === undefined ? 'namespace' : 'ingress',
      params: { namespace: lands?.namespace ?? null, ingress: lands?.name ?? null },
    })
  }
  return ok({
    to,
    canaryShare,
    because,
    route: location && routeOf(location),
    service: backend?.service ?? null,
    release: canary?.name ?? null,
    steps: [...steps],
  })
}
