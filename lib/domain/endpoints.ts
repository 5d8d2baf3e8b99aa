import type { EndpointSlice, Service } from '@/lib/domain/model/workload'

/**
 * Addresses behind one port of a Service, as the controller counts them; none without the Service.
 *
 * Units: a dual-stack Service lists the same pods once per address type, so the larger count is taken.
 * Source: ingress-nginx 1.15.1, controller.go serviceEndpoints (port by number, name or targetPort), endpointslices.go.
 */
export function endpointsOf(
  service: Service | undefined,
  slices: readonly EndpointSlice[],
  port: string,
): { ready: number; total: number } {
  const named = service?.ports.find(p => p.targetPort === port || String(p.port) === port || p.name === port)
  if (!named) return { ready: 0, total: 0 }
  const byType = new Map<string, { ready: number; total: number }>()
  for (const slice of slices) {
    const carries =
      slice.ports.length === 0 || slice.ports.some(p => named.name === '' || p.name === named.name)
    if (!carries) continue
    const sum = byType.get(slice.addressType ?? '') ?? { ready: 0, total: 0 }
    byType.set(slice.addressType ?? '', { ready: sum.ready + slice.ready, total: sum.total + slice.total })
  }
  const counts = [...byType.values()]
  return {
    ready: Math.max(0, ...counts.map(count => count.ready)),
    total: Math.max(0, ...counts.map(count => count.total)),
  }
}
