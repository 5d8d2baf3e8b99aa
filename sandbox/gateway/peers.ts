import type { ServicePort } from '@/lib/domain/model/ingress'
import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'

/** Ready addresses ("host:port") behind a Service's port, in a steady order. */
export type PeersOf = (namespace: string, backend: ServicePort) => readonly string[]

function portNamed(service: unknown, written: string): string | null {
  const ports = itemsOf(fieldsOf(fieldsOf(service).spec).ports).map(fieldsOf)
  if (written === '') return ports[0] ? textOf(ports[0].name) : null
  const port = ports.find(each =>
    [each.targetPort, each.port, each.name].some(known => known !== undefined && String(known) === written),
  )
  return port ? textOf(port.name) : null
}

function addressesOf(slice: unknown, portName: string): string[] {
  const { ports, endpoints } = fieldsOf(slice)
  const numbers = itemsOf(ports)
    .map(fieldsOf)
    .filter(port => portName === '' || textOf(port.name) === portName)
    .map(port => port.port)
  const ready = itemsOf(endpoints)
    .map(fieldsOf)
    .filter(endpoint => fieldsOf(endpoint.conditions).ready !== false)
  return ready.flatMap(endpoint =>
    itemsOf(endpoint.addresses).flatMap(address => numbers.map(number => `${textOf(address)}:${number}`)),
  )
}

const serviceKeyOf = (slice: unknown): string => {
  const metadata = fieldsOf(fieldsOf(slice).metadata)
  const service = textOf(fieldsOf(metadata.labels)['kubernetes.io/service-name'])
  return `${textOf(metadata.namespace)}/${service}`
}

/**
 * Looks up endpoints as the controller does; the port "" is the Service's first one.
 * Source: ingress-nginx 1.15.1, controller.go serviceEndpoints (port by targetPort, number or name), endpointslices.go.
 */
export function peersIn(services: ReadonlyMap<string, unknown>, slices: Iterable<unknown>): PeersOf {
  const byService = new Map<string, unknown[]>()
  for (const slice of slices) {
    const key = serviceKeyOf(slice)
    const known = byService.get(key)
    if (known) known.push(slice)
    else byService.set(key, [slice])
  }
  const found = new Map<string, readonly string[]>()
  return (namespace, { service, port }) => {
    const key = `${namespace}/${service}`
    const known = found.get(`${key}:${port}`)
    if (known) return known
    const name = portNamed(services.get(key), port)
    const addresses = (byService.get(key) ?? []).flatMap(slice =>
      name === null ? [] : addressesOf(slice, name),
    )
    const peers = [...new Set(addresses)].sort()
    found.set(`${key}:${port}`, peers)
    return peers
  }
}
