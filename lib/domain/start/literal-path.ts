import type { StartRoute } from '@/lib/domain/model/start'
import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'
import { portOf } from '@/lib/domain/route'
import { specOf } from '@/lib/domain/start/parts'

type Fields = Readonly<Record<string, unknown>>

/** Does this backend, as an Ingress writes it, name the Service of the route. */
function isBackendOf(route: StartRoute, raw: unknown): boolean {
  const { name, port } = fieldsOf(fieldsOf(raw).service)
  const { number, name: portName } = fieldsOf(port)
  const written = typeof number === 'number' && number ? String(number) : textOf(portName)
  return name === route.service && portOf(written) === route.port
}

const isPathOf = (route: StartRoute, { path, pathType, backend }: Fields): boolean =>
  (textOf(path) || '/') === route.path && textOf(pathType) === route.pathType && isBackendOf(route, backend)

/** Does the default backend of this Ingress own the route: the root of one of its hosts, or of all where it has no rules. */
function isRootOf(route: StartRoute, { rules, defaultBackend }: Fields): boolean {
  const hosts = itemsOf(rules).map(rule => textOf(fieldsOf(rule).host))
  const isHost = route.host === '' ? hosts.length === 0 : hosts.includes(route.host)
  return isHost && isPathOf(route, { path: '/', pathType: 'Prefix', backend: defaultBackend })
}

/**
 * The one rule of a canary Ingress: host, path and pathType as the ordinary Ingress writes them for this route, and another Service on
 * the same port. Null where the ordinary Ingress does not have the route.
 */
export function canaryRule(ordinary: unknown, route: StartRoute, service: string): Fields | null {
  const spec = specOf(ordinary)
  const port = typeof route.port === 'number' ? { number: route.port } : { name: route.port }
  const backend = { service: { name: service, port } }
  const rule = (path: Fields) => ({
    ...(route.host !== '' && { host: route.host }),
    http: { paths: [{ ...path, backend }] },
  })
  for (const raw of itemsOf(spec.rules)) {
    const { host, http } = fieldsOf(raw)
    const found = itemsOf(fieldsOf(http).paths)
      .map(fieldsOf)
      .find(path => isPathOf(route, path))
    if (!found || textOf(host) !== route.host) continue
    const { path, pathType } = found
    return rule({ ...(path !== undefined && { path }), ...(pathType !== undefined && { pathType }) })
  }
  return isRootOf(route, spec) ? rule({ path: '/', pathType: 'Prefix' }) : null
}
