import type { Port, Route } from '@/lib/domain/model/release'
import type { OrdinaryPath } from '@/lib/domain/model/routing'

/** A port as written in an Ingress, told as number or name. Source: Kubernetes, a port's name holds a letter. */
export const portOf = (written: string): Port => (/^\d+$/.test(written) ? Number(written) : written)

/** An ordinary path as the API shows it: host, path and pathType, the Service behind it, and its effective canary. */
export function routeOf({ ingress, host, path, pathType, backend, canary }: OrdinaryPath): Route {
  return {
    namespace: ingress.namespace,
    ingress: ingress.name,
    host,
    path,
    pathType,
    service: backend.service,
    port: portOf(backend.port),
    release: canary?.name ?? null,
    ...(canary && { releaseNamespace: canary.namespace }),
  }
}

/** Every route of every ordinary Ingress of one class, in the order of the routing. */
export const routesOf = ({ ordinaryPaths }: { ordinaryPaths: readonly OrdinaryPath[] }): Route[] =>
  ordinaryPaths.map(routeOf)
