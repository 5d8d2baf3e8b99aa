import { type Backend, backendKey } from '@/lib/domain/backend'
import { luaCookie } from '@/lib/domain/cookie'
import { cookieLines } from '@/lib/domain/header'
import type { Decision, IncomingRequest } from '@/lib/domain/model/routing'
import type { Routing } from '@/lib/domain/routing'
import { CATCH_ALL } from '@/lib/domain/server'
import { comparedHost } from '@/lib/domain/server-name'

/**
 * Affinity of one decided request: the cookie, the key that marks its backend, the node an earlier answer chose
 * (null without one), and whether this location's answers set the cookie.
 */
export type StickyAim = { cookieName: string; key: string; node: string | null; setsCookie: boolean }

/** The text of an affinity cookie: which node, and of which backend. */
export const affinityText = (node: string, key: string): string => `${node}|${key}`

function readAffinity(text: string | null): { node: string | null; key: string | null } {
  const [node = null, key = null] = text ? text.split('|') : []
  return { node, key }
}

/** Does the request's affinity cookie carry this backend's key. Source: balancer/sticky.lua is_affinitized. */
export function isAffinitized({ affinity, key }: Backend, lines: readonly string[]): boolean {
  return affinity.isSticky && readAffinity(luaCookie(lines, affinity.cookieName)).key === key
}

const wildcardOf = (host: string): string => host.replace(/^[^.]+\./, '*.')

/**
 * What a proxy needs to keep a decided request with its node; null where its backend has no affinity.
 *
 * Limits: the real controller hides node and backend behind digests; here both are plain.
 * Source: ingress-nginx 1.15.1, balancer/sticky.lua should_set_cookie.
 */
export function stickyAimOf(
  routing: Routing,
  decision: Decision,
  request: IncomingRequest,
): StickyAim | null {
  const { backend: chosen, location } = decision
  const backend = chosen && routing.backends.get(backendKey(chosen.namespace, chosen))
  if (!backend?.affinity.isSticky || !location) return null
  const { cookieName, locations } = backend.affinity
  const host = location.host === '' ? CATCH_ALL : comparedHost(request.host)
  const paths = locations.get(host) ?? locations.get(wildcardOf(host))
  const { node } = readAffinity(luaCookie(cookieLines(request), cookieName))
  return { cookieName, key: backend.key, node, setsCookie: paths?.has(location.path) ?? false }
}
