import { affinityOf, type ControllerOptions } from '@/lib/domain/annotation'
import type { Ingress } from '@/lib/domain/model/ingress'

/**
 * Session affinity of one backend, gathered from every Ingress that names it.
 * `locations`: paths by host ("_" for any) whose answers set the cookie.
 */
export type Affinity = {
  isSticky: boolean
  cookieName: string
  locations: ReadonlyMap<string, ReadonlySet<string>>
}

export const noAffinity: Affinity = { isSticky: false, cookieName: '', locations: new Map() }

/**
 * The affinity of a backend after one more Ingress has named it on a path of some hosts.
 *
 * Source: ingress-nginx 1.15.1, controller.go getBackendServers: the cookie's name is the last one written.
 */
export function affinityWith(
  affinity: Affinity,
  place: { ingress: Ingress; hosts: readonly string[]; path: string },
  options: ControllerOptions,
): Affinity {
  const wanted = affinityOf(place.ingress, options)
  if (!wanted) return affinity
  const locations = new Map(affinity.locations)
  for (const host of place.hosts) locations.set(host, new Set([...(locations.get(host) ?? []), place.path]))
  return { isSticky: true, cookieName: wanted.cookieName, locations }
}
