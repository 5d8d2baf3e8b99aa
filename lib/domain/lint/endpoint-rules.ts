import { stopgapOf } from '@/lib/domain/annotation'
import { backendKey } from '@/lib/domain/backend'
import { findingOf } from '@/lib/domain/finding'
import { isActive, pathAt, type Subject } from '@/lib/domain/lint/subject'
import type { Ingress, ServicePort } from '@/lib/domain/model/ingress'
import type { Finding } from '@/lib/domain/model/release'
import type { CanaryPath, OrdinaryPath } from '@/lib/domain/model/routing'

/** One of each Service port, in order. */
function each<T>(items: readonly T[], portOf: (item: T) => ServicePort & { namespace: string }): T[] {
  const byKey = new Map<string, T>()
  for (const item of items) {
    const port = portOf(item)
    const key = backendKey(port.namespace, port)
    if (!byKey.has(key)) byKey.set(key, item)
  }
  return [...byKey.values()]
}

const stableOf = ({ ingress, backend }: OrdinaryPath) => ({ ...backend, namespace: ingress.namespace })

/** Does another Service answer in place of stable: then the canary keeps its share. */
function hasStopgap(ingress: Ingress, { ready }: Subject): boolean {
  const service = stopgapOf(ingress)
  return service !== '' && ready(ingress.namespace, { service, port: '' }) !== false
}

function emptyStable(subject: Subject): Finding[] {
  const reached = subject.live.flatMap(path => path.reaches.map(ordinary => ({ path, ordinary })))
  return each(reached, ({ ordinary }) => stableOf(ordinary))
    .filter(({ ordinary: { ingress, backend } }) => {
      const isEmpty = subject.ready(ingress.namespace, backend) === false
      return isEmpty && !hasStopgap(ingress, subject)
    })
    .map(({ path, ordinary: { ingress, backend } }) => {
      const params = { service: backend.service, namespace: ingress.namespace, ingress: ingress.name }
      return findingOf('L26', `${ingress.namespace}/${backend.service} endpoints[${backend.port}]`, {
        ...params,
        target: `${path.host}${path.path}`,
      })
    })
}

function emptyCanary(subject: Subject): Finding[] {
  if (!isActive(subject)) return []
  const { namespace } = subject.canary
  const named = subject.live.flatMap(path => (path.backend ? [{ path, backend: path.backend }] : []))
  const served = (item: { path: CanaryPath; backend: ServicePort }) => ({ ...item.backend, namespace })
  return each(named, served)
    .filter(({ backend }) => subject.ready(namespace, backend) === false)
    .map(({ path, backend }) => findingOf('L27', pathAt(path), { service: backend.service }))
}

/** L26 and L27: a side without a ready endpoint. What cannot be read is not empty. */
export const endpointFindings = (subject: Subject): Finding[] => [
  ...emptyStable(subject),
  ...emptyCanary(subject),
]
