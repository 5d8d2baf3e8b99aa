import { admit } from '@/lib/domain/admission'
import { affinityText, stickyAimOf } from '@/lib/domain/affinity-cookie'
import { canaryOf, isConfiguredButNotEnabled } from '@/lib/domain/annotation'
import { backendKey } from '@/lib/domain/backend'
import { decide } from '@/lib/domain/decide'
import { isRedirected } from '@/lib/domain/location-match'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { Decision, IncomingRequest } from '@/lib/domain/model/routing'
import { type Routing, routingOf } from '@/lib/domain/routing'
import { matches } from '@/sandbox/gateway/regex'
import { type Case, type CaseRequest, caseIngresses, NAMESPACE, portOf } from '@/scripts/cases/case'

const optionsOf = ({ controller }: Case) => ({
  annotationValidation: controller?.enableAnnotationValidation ?? true,
})

/** Services an Ingress names, as "namespace/service". */
const servicesOf = ({ namespace, rules, defaultBackend }: Ingress): Set<string> =>
  new Set(
    [...rules.flatMap(({ paths }) => paths ?? []).map(path => path.backend), defaultBackend].flatMap(
      backend => (backend ? [`${namespace}/${backend.service}`] : []),
    ),
  )

function emptyServices(one: Case): Set<string> {
  const ofIngresses = caseIngresses(one).flatMap(({ one: { endpoints = 1 }, ingress }) =>
    endpoints === 0 ? [...servicesOf(ingress)] : [],
  )
  return new Set([...ofIngresses, ...(one.empty ?? []), ...(one.missing ?? [])])
}

/** The cookie a former answer of one side to the same request has set. */
function affinityCookie(routing: Routing, request: CaseRequest, from: 'main' | 'canary'): string {
  const asked = { host: request.host, path: request.path, headers: {} }
  const { location } = decide(routing, asked, { matches, draw: () => 1, ready: () => true })
  const stable = location && routing.backends.get(backendKey(location.ingress.namespace, location.backend))
  const issuer = from === 'main' ? stable : stable?.alternatives[0]?.backend
  return `${stable?.affinity.cookieName || 'INGRESSCOOKIE'}=${affinityText('node', issuer?.key ?? '')}`
}

function requestOf(request: CaseRequest, routing: Routing): IncomingRequest {
  const headers: Record<string, string[]> = {}
  for (const [name, values] of Object.entries(request.headers ?? {})) {
    headers[name.toLowerCase()] = [...(headers[name.toLowerCase()] ?? []), ...[values].flat()]
  }
  const cookies = Object.entries(request.cookies ?? {}).map(([name, value]) => `${name}=${value}`)
  if (request.affinityCookieFrom) cookies.push(affinityCookie(routing, request, request.affinityCookieFrom))
  if (request.affinityCookie) {
    const { name, namespace = NAMESPACE, service } = request.affinityCookie
    cookies.push(`${name}=${affinityText('node', backendKey(namespace, portOf(service)))}`)
  }
  if (cookies.length > 0) headers.cookie = [...(headers.cookie ?? []), cookies.join('; ')]
  return { host: request.host, path: request.path, headers }
}

function sideOf(one: Case, { to, backend }: Decision): string {
  if (!backend) return to
  const service = `${backend.namespace}/${backend.service}`
  const [main, canary] = [one.main, one.canary].map(side =>
    caseIngresses(one).find(({ one: each }) => each === side),
  )
  if (main && servicesOf(main.ingress).has(service)) return 'main'
  return canary && servicesOf(canary.ingress).has(service) ? 'canary' : service
}

function judgeRequest(one: Case, request: CaseRequest): string | null {
  const { to, service, canaryRatio, setsAffinityCookie } = one.expect
  const routing = routingOf(
    caseIngresses(one).map(({ ingress }) => ingress),
    optionsOf(one),
  )
  const empty = emptyServices(one)
  const incoming = requestOf(request, routing)
  const decision = decide(routing, incoming, {
    matches,
    draw: null,
    ready: (namespace, backend) => !empty.has(`${namespace}/${backend.service}`),
  })
  const { location } = decision
  if (location && isRedirected(location, request.path)) {
    return to === '301' ? null : `expected ${to}, got a redirect to ${location.path}`
  }
  const got = to === 'service' ? (decision.backend?.service ?? decision.to) : sideOf(one, decision)
  const wanted = to === 'service' ? service : to
  if (got !== wanted) return `expected ${wanted}, got ${got} (${decision.because})`
  if (to === 'split' && Math.abs((decision.canaryShare ?? -1) - (canaryRatio ?? 0)) > 1e-9) {
    return `expected a share of ${canaryRatio}, got ${decision.canaryShare}`
  }
  if (setsAffinityCookie === undefined) return null
  const aim = stickyAimOf(routing, decision, incoming)
  const sets = aim !== null && aim.node === null && aim.setsCookie
  return sets === setsAffinityCookie ? null : `expected setsAffinityCookie ${setsAffinityCookie}, got ${sets}`
}

function judgeParse(one: Case, parse: Record<string, unknown>): string | null {
  const canary = caseIngresses(one).find(({ one: each }) => each === one.canary)
  if (!canary) return 'no canary to parse'
  const setting = canaryOf(canary.ingress, optionsOf(one))
  const error = isConfiguredButNotEnabled(setting)
  const { header, value, pattern, ...rest } = setting
  const read: Record<string, unknown> = { ...rest, error, header, headerValue: value, headerPattern: pattern }
  const wrong = Object.entries(parse).filter(([key, wanted]) => read[key] !== wanted)
  return wrong.length === 0
    ? null
    : wrong.map(([key, wanted]) => `expected ${key} ${wanted}, got ${read[key]}`).join('; ')
}

function judgeAdmission(one: Case, wanted: 'allow' | 'reject'): string | null {
  const all = caseIngresses(one)
  const incoming = all.find(({ one: each }) => each === one.canary)
  if (!incoming) return 'no Ingress to admit'
  const others = all.filter(each => each !== incoming).map(({ ingress }) => ingress)
  const got = admit(incoming.ingress, others).allowed ? 'allow' : 'reject'
  return got === wanted ? null : `expected ${wanted}, got ${got}`
}

/** Judges one case by the domain alone: null where it holds, else what was wrong. */
export function judgeByDomain(one: Case): string | null {
  const { parse, admission, to } = one.expect
  if (parse) return judgeParse(one, parse)
  if (admission) return judgeAdmission(one, admission)
  return to !== undefined && one.request ? judgeRequest(one, one.request) : 'nothing to judge in this case'
}
