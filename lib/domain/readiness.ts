import { endpointsOf } from '@/lib/domain/endpoints'
import type { Abilities } from '@/lib/domain/model/routing'
import { unreadIn } from '@/lib/domain/unread'
import type { Workloads } from '@/lib/domain/version'

/** Tells whether a Service port has at least one ready endpoint; `unreadable`: the kinds that cannot be read now. */
export function readinessOf(
  { service, slices }: Pick<Workloads, 'service' | 'slices'>,
  unreadable: readonly string[],
): Abilities['ready'] {
  return (namespace, backend) => {
    if (unreadIn(namespace, unreadable).includes('endpoints')) return 'unknown'
    const found = service(namespace, backend.service)
    return endpointsOf(found, slices(namespace, backend.service), backend.port).ready > 0
  }
}
