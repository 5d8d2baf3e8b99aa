import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'
import { type Case, type CaseIngress, NAMESPACE, objectOf } from '@/scripts/cases/case'
import type { Stand } from '@/scripts/cases/stand'

type Role = 'main' | 'canary' | 'others'

/** One Ingress of a case as it will be created, in a namespace that only this case has. */
export type Actor = {
  one: CaseIngress
  role: Role
  manifest: object
  path: string
  namespace: string
  createdMs: number
}

/** Services by the name they have in the case ("namespace/service"), with the ports and endpoints they need. */
type Service = { namespace: string; name: string; ports: Set<string>; ready: boolean }

const backendsOf = (manifest: object): unknown[] => {
  const spec = fieldsOf(fieldsOf(manifest).spec)
  const paths = itemsOf(spec.rules).flatMap(rule => itemsOf(fieldsOf(fieldsOf(rule).http).paths))
  return [...paths.map(path => fieldsOf(path).backend), spec.defaultBackend]
}

/** Names of the Services an Ingress sends to. */
export const servicesOf = ({ manifest }: Actor): Set<string> =>
  new Set(
    backendsOf(manifest)
      .map(backend => textOf(fieldsOf(fieldsOf(backend).service).name))
      .filter(Boolean),
  )

/** The namespaces of one play of a case begin with `prefix`. */
export const namespaceIn = (prefix: string, namespace = NAMESPACE): string => `${prefix}-${namespace}`

function actorOf(one: CaseIngress, role: Role, prefix: string): Actor {
  const plain = fieldsOf(objectOf(one, role))
  const { uid: _uid, resourceVersion: _version, creationTimestamp, ...metadata } = fieldsOf(plain.metadata)
  const namespace = namespaceIn(prefix, one.namespace)
  return {
    one,
    role,
    namespace,
    manifest: { ...plain, metadata: { ...metadata, namespace } },
    path: `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses`,
    createdMs: Date.parse(textOf(creationTimestamp)),
  }
}

/** The Ingresses of a case, oldest first. */
export function actorsOf({ main, canary, others }: Case, prefix: string): Actor[] {
  const actors = [
    ...(main ? [actorOf(main, 'main', prefix)] : []),
    ...(canary ? [actorOf(canary, 'canary', prefix)] : []),
    ...(others ?? []).map(one => actorOf(one, 'others', prefix)),
  ]
  return actors.sort((a, b) => a.createdMs - b.createdMs)
}

function servicesNeeded(actors: readonly Actor[]): Service[] {
  const services = new Map<string, Service>()
  for (const { manifest, namespace, one } of actors) {
    for (const backend of backendsOf(manifest)) {
      const { name: rawName, port } = fieldsOf(fieldsOf(backend).service)
      const name = textOf(rawName)
      if (name === '') continue
      const key = `${namespace}/${name}`
      const service = services.get(key) ?? { namespace, name, ports: new Set<string>(), ready: true }
      service.ports.add(textOf(fieldsOf(port).name))
      if (one.endpoints === 0) service.ready = false
      services.set(key, service)
    }
  }
  return [...services.values()]
}

const portNames = ({ ports }: Service): string[] => {
  const named = [...ports].filter(port => port !== '')
  return named.length > 0 ? named : ['']
}

const setService = (stand: Stand, service: Service): Promise<bigint> =>
  stand.create(`/api/v1/namespaces/${service.namespace}/services`, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: service.name },
    spec: { ports: portNames(service).map((name, at) => ({ ...(name && { name }), port: 80 + at })) },
  })

async function setEndpoints(stand: Stand, service: Service): Promise<bigint> {
  const { namespace, name } = service
  const port = await stand.listenFor(name)
  return stand.create(`/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`, {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name, labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    ports: portNames(service).map(portName => ({ name: portName, port, protocol: 'TCP' })),
    endpoints: [{ addresses: ['127.0.0.1'], conditions: { ready: true } }],
  })
}

/** Makes the namespaces and Services that a case's Ingresses name; `seen` waits until the gateway knows of a write. */
export async function setScene(
  stand: Stand,
  {
    one: { empty = [], missing = [] },
    actors,
    prefix,
  }: { one: Case; actors: readonly Actor[]; prefix: string },
  seen: (version: bigint) => Promise<unknown>,
): Promise<void> {
  for (const name of new Set(actors.map(actor => actor.namespace))) {
    await stand.create('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
  }
  const isAmong = (names: string[], { namespace, name }: Service) =>
    names.some(each => `${prefix}-${each}` === `${namespace}/${name}`)
  const services = servicesNeeded(actors).filter(service => !isAmong(missing, service))
  let version = 0n
  for (const service of services) version = await setService(stand, service)
  await seen(version)
  const standing = services.filter(service => service.ready && !isAmong(empty, service))
  for (const service of standing) version = await setEndpoints(stand, service)
  await seen(version)
}
