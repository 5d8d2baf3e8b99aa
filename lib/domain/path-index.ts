import { backendKey } from '@/lib/domain/backend'
import type { Ingress, ServicePort } from '@/lib/domain/model/ingress'
import type { CanaryPath, OrdinaryPath } from '@/lib/domain/model/routing'

type Paths = { canaryPaths: readonly CanaryPath[]; ordinaryPaths: readonly OrdinaryPath[] }
type Named = Pick<Ingress, 'namespace' | 'name'>
type Place = { host: string; path: string }

/** The paths of one routing by what is asked of them again and again. */
type PathIndex = {
  byCanary: ReadonlyMap<string, readonly CanaryPath[]>
  byPlace: ReadonlyMap<string, readonly OrdinaryPath[]>
  byService: ReadonlyMap<string, ReadonlySet<Ingress>>
}

const made = new WeakMap<readonly CanaryPath[], PathIndex>()
const canaryKey = ({ namespace, name }: Named): string => `${namespace}/${name}`
const placeKey = ({ host, path }: Place): string => `${host}\n${path}`

function groups<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>()
  for (const item of items) {
    const held = found.get(keyOf(item))
    if (held) held.push(item)
    else found.set(keyOf(item), [item])
  }
  return found
}

function namedServices({ canaryPaths, ordinaryPaths }: Paths): Map<string, Set<Ingress>> {
  const byService = new Map<string, Set<Ingress>>()
  const note = (ingress: Ingress, backend: ServicePort | null) => {
    if (!backend) return
    const key = backendKey(ingress.namespace, backend)
    const held = byService.get(key)
    if (held) held.add(ingress)
    else byService.set(key, new Set([ingress]))
  }
  for (const { canary, backend } of canaryPaths) note(canary, backend)
  for (const { ingress, backend } of ordinaryPaths) note(ingress, backend)
  return byService
}

function indexOf(paths: Paths): PathIndex {
  const known = made.get(paths.canaryPaths)
  if (known) return known
  const index = {
    byCanary: groups(paths.canaryPaths, ({ canary }) => canaryKey(canary)),
    byPlace: groups(paths.ordinaryPaths, placeKey),
    byService: namedServices(paths),
  }
  made.set(paths.canaryPaths, index)
  return index
}

/** All paths of one canary. */
export const pathsOf = (paths: Paths, canary: Named): readonly CanaryPath[] =>
  indexOf(paths).byCanary.get(canaryKey(canary)) ?? []

/** Ordinary paths of this host with this path, of whatever type. */
export const ordinaryAt = (paths: Paths, place: Place): readonly OrdinaryPath[] =>
  indexOf(paths).byPlace.get(placeKey(place)) ?? []

/** Every Ingress with a path to this Service port. */
export const usersOf = (paths: Paths, namespace: string, backend: ServicePort): ReadonlySet<Ingress> =>
  indexOf(paths).byService.get(backendKey(namespace, backend)) ?? new Set()
