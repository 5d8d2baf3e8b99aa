import { type Backend, backendKey, comparedPath, comparedType } from '@/lib/domain/backend'
import type { Attempt } from '@/lib/domain/merge'
import type { CanaryPath, OrdinaryPath } from '@/lib/domain/model/routing'
import type { Params } from '@/lib/domain/problem'

type Death = NonNullable<CanaryPath['dead']>

/** Finds the ordinary path that a canary path was surely meant for. */
export type PartnerFinder = (attempt: Pick<Attempt, 'host' | 'path'>) => OrdinaryPath | null

const parentOf = (host: string): string => `*${host.slice(host.indexOf('.'))}`

/** Indexes ordinary paths by host and path; a host and the wildcard above it find each other last. */
export function partnerFinder(paths: readonly OrdinaryPath[]): PartnerFinder {
  const exact = new Map<string, OrdinaryPath[]>()
  const under = new Map<string, OrdinaryPath>()
  for (const path of paths) {
    const key = `${path.host} ${path.path}`
    const held = exact.get(key)
    if (held) held.push(path)
    else exact.set(key, [path])
    if (path.host.includes('.')) under.set(`${parentOf(path.host)} ${path.path}`, path)
  }
  return ({ host, path }) => {
    const text = comparedPath(path)
    const same = exact.get(`${host} ${text}`)
    const alike = same?.filter(each => comparedType(each) === comparedType(path))
    const best = alike?.find(each => each.served) ?? alike?.[0] ?? same?.[0]
    if (best || !host.includes('.')) return best ?? null
    if (host.startsWith('*.')) return under.get(`${host} ${text}`) ?? null
    return exact.get(`${parentOf(host)} ${text}`)?.[0] ?? null
  }
}

/** Why a path has no ordinary path equal to it. */
function unmatched({ host, path, isDefaultBackend }: Attempt, partner: OrdinaryPath | null): Death | null {
  if (isDefaultBackend) return { id: 'L03', params: {} }
  if (!partner) return { id: 'L01', params: {} }
  if (partner.host !== host) return { id: 'L36', params: {} }
  return comparedType(partner) === comparedType(path) ? null : { id: 'L02', params: {} }
}

const otherOf = ({ namespace, name }: { namespace: string; name: string }): Params => ({
  other: name,
  otherNamespace: namespace,
})

/** A path without a partner had the controller remove the backend, of this side or the other, from everybody. */
function removedWith(backend: Backend | null | undefined, { where, canary }: Attempt): Death | null {
  const cause = backend?.removedBy
  if (!cause || (cause.ingress === canary && cause.where === where)) return null
  const id = cause.where === 'spec.defaultBackend' ? 'L03' : 'L01'
  return { id, params: { cause: cause.where, ...otherOf(cause.ingress) } }
}

/** Joined, but an older Ingress decides: over the Service's rules, or over the ordinary path. */
function outranked({ canary, backend, joined }: Attempt): Death | null {
  if (!backend) return null
  if (!backend.rules) return { id: 'L05', params: otherOf(backend.maker) }
  if (backend.maker !== canary) return { id: 'L08', params: otherOf(backend.maker) }
  const stable = joined.flatMap(location => location.backend ?? []).filter(each => !each.removedBy)
  const isAsked = stable.some(each => each.alternatives[0]?.backend === backend)
  const first = stable[0]?.alternatives[0]
  return isAsked || !first ? null : { id: 'L07', params: otherOf(first.by) }
}

/** Joined, but nothing comes of it. */
function joinedInVain(attempt: Attempt): Death | null {
  const { backend, joined } = attempt
  const isOrphan = joined.every(location => location.backend?.removedBy)
  const orphaned = isOrphan ? removedWith(joined[0]?.backend, attempt) : null
  return removedWith(backend, attempt) ?? outranked(attempt) ?? orphaned
}

/**
 * Why a canary path has no effect, as the id of a finding; null where it has.
 *
 * Source: ingress-nginx 1.15.1 (canary-semantics.md A.5, A.6); ids are those of its part C.
 */
export function deathOf(attempt: Attempt, partner: OrdinaryPath | null): Death | null {
  const { canary, path, backend, joined, outcome } = attempt
  if (!path.backend) return { id: 'L45', params: {} }
  const isSame =
    partner &&
    partner.ingress !== canary &&
    backendKey(partner.ingress.namespace, partner.backend) === backendKey(canary.namespace, path.backend)
  if (isSame && joined.length === 0) return { id: 'L04', params: {} }
  if (outcome === 'merged') return joinedInVain(attempt)
  const lonely = unmatched(attempt, partner)
  if (lonely) return lonely
  const removed = removedWith(backend, attempt)
  if (removed) return removed
  const taken = partner && !partner.served
  return { id: outcome === 'own' || taken ? 'L05' : 'L01', params: backend ? otherOf(backend.maker) : {} }
}
