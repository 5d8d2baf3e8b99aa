import { type StickyAim, stickyAimOf } from '@/lib/domain/affinity-cookie'
import { decide } from '@/lib/domain/decide'
import { isRedirected } from '@/lib/domain/location-match'
import type { ServicePort } from '@/lib/domain/model/ingress'
import type { Abilities, Decision, OrdinaryPath } from '@/lib/domain/model/routing'
import { parseTarget, type Target } from '@/lib/domain/request-target'
import { type Manners, mannersOf } from './annotation'
import type { Config } from './config'
import { byName, type RawHeaders } from './headers'
import { matches, search } from './regex'
import { hostOf, rewritten } from './uri'

/** A request on its way to the pods of one backend. */
export type BackendAim = {
  kind: 'backend'
  location: OrdinaryPath
  decision: Decision
  backend: ServicePort & { namespace: string }
  manners: Manners
  sticky: StickyAim | null
  scheme: 'http' | 'https'
  peers: readonly string[]
  path: string
}

/** Where a request goes: a page of nginx, a redirect, or a backend with what is asked of it. */
export type Aim =
  | { kind: 'page'; status: number; location: OrdinaryPath | null }
  | { kind: 'redirect'; status: 301 | 308; to: string; location: OrdinaryPath }
  | BackendAim

/** What is known of a request before anything is decided. `httpsPort` is null where nothing listens for TLS. */
export type Arrived = {
  target: string
  rawHeaders: RawHeaders
  scheme: 'http' | 'https'
  httpsPort: number | null
}

const page = (status: number, location: OrdinaryPath | null = null): Aim => ({
  kind: 'page',
  status,
  location,
})

const hasTls = ({ ingresses }: Config, host: string) => ingresses.some(each => each.tlsHosts.includes(host))

const abilitiesOf = ({ peersOf }: Config): Abilities => ({
  matches,
  draw: total => 1 + Math.floor(Math.random() * total),
  ready: (namespace, backend) => peersOf(namespace, backend).length > 0,
})

/**
 * The pattern that the path is rewritten by; null where it stays. A prefix that is its own target has a location of its
 * own below its final slash. Source: ingress-nginx 1.15.1, location.go updateServerLocations, template.go buildProxyPass.
 */
function rewrittenBy({ path }: Target, { path: own, pathType }: OrdinaryPath, { rewrite }: Manners) {
  const { target, useRegex } = rewrite
  if (target === '') return null
  if (target !== own) return own
  const isSplit = pathType !== 'Exact' && !useRegex && !own.endsWith('/')
  return isSplit && path.toLowerCase().startsWith(`${own}/`.toLowerCase()) ? `${own}/` : null
}

function askedPath(target: Target, location: OrdinaryPath, manners: Manners): string {
  const pattern = rewrittenBy(target, location, manners)
  if (pattern === null) return target.raw
  const groups = search(`(?i)${pattern}`, target.path)
  return rewritten(target, manners.rewrite.target, Array.isArray(groups) ? groups : [])
}

const redirectOf = (host: string, { raw }: Target, httpsPort: number): string =>
  `https://${host}${httpsPort === 443 ? '' : `:${httpsPort}`}${raw}`

/**
 * Decides where one request goes.
 * Source: ingress-nginx 1.15.1, lua_ingress.lua rewrite (redirect before anything else), balancer.lua (503 without endpoints).
 */
export function aimOf(config: Config, { target: line, rawHeaders, scheme, httpsPort }: Arrived): Aim {
  const target = parseTarget(line)
  const headers = byName(rawHeaders)
  const hosts = headers.host ?? []
  const named = target?.host ?? hosts[0]
  const host = named === undefined ? '' : hostOf(named)
  if (target === null || host === null || hosts.length > 1) return page(400)
  const request = { host, path: target.path, headers }
  const decision = decide(config.routing, request, abilitiesOf(config))
  const { location } = decision
  if (location === null) return page(404)
  const manners = mannersOf(location.ingress, hasTls(config, host), config.options)
  if (manners.toHttps && scheme === 'http' && httpsPort !== null) {
    return { kind: 'redirect', status: 308, to: redirectOf(host, target, httpsPort), location }
  }
  if (isRedirected(location, target.path)) {
    return { kind: 'redirect', status: 301, to: encodeURI(location.path) + target.query, location }
  }
  const backend = decision.backend ?? { ...location.backend, namespace: location.ingress.namespace }
  const peers = config.peersOf(backend.namespace, backend)
  if (decision.to === '503' || peers.length === 0) return page(503, location)
  return {
    kind: 'backend',
    location,
    decision,
    backend,
    manners,
    sticky: stickyAimOf(config.routing, decision, request),
    scheme,
    peers,
    path: askedPath(target, location, manners),
  }
}
