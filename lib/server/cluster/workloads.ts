import 'server-only'
import type { EndpointSlice } from '@/lib/domain/model/workload'
import type { Workloads } from '@/lib/domain/release'
import type { Cache } from '@/lib/server/cluster/cache'

/** Reads the cache for one derivation; what is asked twice is looked up once. */
export function workloadsOf(cache: Cache): Workloads {
  const pods = remembered(namespace => cache.pods.in(namespace))
  const deployments = remembered(namespace => cache.deployments.in(namespace))
  const slices = remembered(namespace => byService(cache.slices.in(namespace)))
  return {
    service: (namespace, name) => cache.services.get(namespace, name),
    slices: (namespace, service) => slices(namespace).get(service) ?? [],
    deployments,
    pods,
  }
}

function byService(slices: readonly EndpointSlice[]): Map<string, EndpointSlice[]> {
  const groups = new Map<string, EndpointSlice[]>()
  for (const slice of slices) {
    const group = groups.get(slice.service)
    if (group) group.push(slice)
    else groups.set(slice.service, [slice])
  }
  return groups
}

function remembered<T>(look: (key: string) => T): (key: string) => T {
  const held = new Map<string, T>()
  return key => {
    const known = held.get(key)
    if (known !== undefined) return known
    const value = look(key)
    held.set(key, value)
    return value
  }
}
