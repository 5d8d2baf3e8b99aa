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

function actorOf(one: CaseIngress, role: Role, prefix: string): Actor {
  const plain = fieldsOf(objectOf(one, role))
  const { uid: _uid, resourceVersion: _version, creationTimestamp, ...metadata } = fieldsOf(plain.metadata)
  const namespace = `${prefix}-${one.namespace ?? NAMESPACE}`
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

async function setService(stand: Stand, { namespace, name, ports, ready }: Service): Promise<bigint> {
  const named = [...ports].filter(port => port !== '')
  const names = named.length > 0 ? named : ['']
  const port = await stand.listenFor(name)
  const written = await stand.create(`/api/v1/namespaces/${namespace}/services`, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { ports: names.map((portName, at) => ({ ...(portName && { name: portName }), port: 80 + at })) },
  })
  if (!ready) return written
  return stand.create(`/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`, {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name, labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    ports: names.map(portName => ({ name: portName, port, protocol: 'TCP' })),
    endpoints: [{ addresses: ['127.0.0.1'], conditions: { ready: true } }],
  })
}

/** Makes the namespaces and Services that a case's Ingresses name. */
export async function setScene(stand: Stand, actors: readonly Actor[]): Promise<void> {
  for (const name of new Set(actors.map(actor => actor.namespace))) {
    await stand.create('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
  }
  for (const service of servicesNeeded(actors)) await setService(stand, service)
}
