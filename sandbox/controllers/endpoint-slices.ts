import { fieldsOf, itemsOf, textOf, textsOf } from '@/lib/domain/raw'
import { kinds } from '../api/kinds'
import type { Draft, Fields, KubeObject } from '../api/object'
import type { Change } from '../api/store'
import { type Cluster, CONTROLLER, ownerOf } from './cluster'
import { Loop } from './loop'
import { containersOf, isReady, NODE } from './pod-state'
import type { Pods } from './pods'

/** Where nothing listens: what a Service gets that names a port its pods do not have. */
const CLOSED_PORT = 1
const PER_SLICE = 100

/** A pod behind a Service and the port it answers on. */
type Backend = { pod: KubeObject; port: number | undefined }

/** Keeps the EndpointSlices and Endpoints of every Service with a selector. */
export class EndpointSlices {
  readonly #cluster: Cluster
  readonly #pods: Pods
  readonly #loop = new Loop(key => this.#work(key))

  constructor(cluster: Cluster, pods: Pods) {
    this.#cluster = cluster
    this.#pods = pods
    const { store } = cluster.writer
    store.listen(kinds.service, ({ object }) => this.#loop.add(keyOf(object)))
    store.listen(kinds.pod, change => this.#podChanged(change))
    pods.onPort(pod => this.#servicesOf(pod))
  }

  stop(): void {
    this.#loop.stop()
  }

  #podChanged({ object, before }: Change): void {
    this.#servicesOf(object)
    if (before && before.metadata.labels !== object.metadata.labels) this.#servicesOf(before)
  }

  #servicesOf({ metadata }: KubeObject): void {
    for (const service of this.#cluster.writer.store.list(kinds.service, metadata.namespace)) {
      if (selects(service, metadata.labels ?? {})) this.#loop.add(keyOf(service))
    }
  }

  #work(key: string): void {
    const [namespace = '', name = ''] = key.split('/')
    const { store } = this.#cluster.writer
    const service = store.get(kinds.service, namespace, name)
    if (!service || Object.keys(fieldsOf(fieldsOf(service.spec).selector)).length === 0) return
    const pods = store.list(kinds.pod, namespace).filter(pod => selects(service, pod.metadata.labels ?? {}))
    const backends = pods.map(pod => ({ pod, port: this.#pods.portOf(pod) })).filter(hasAddress)
    const wanted = slicesOf(service, backends)
    const present = this.#cluster.owners.children(service.metadata.uid, kinds.endpointSlice)
    for (const slice of wanted) this.#keep(slice, present)
    for (const { metadata } of present) {
      if (wanted.some(each => each.metadata.name === metadata.name)) continue
      this.#cluster.writer.delete(kinds.endpointSlice, metadata.namespace, metadata.name, {})
    }
    const { writer } = this.#cluster
    if (store.get(kinds.endpoints, namespace, name) || backends.length > 0) {
      writer.update(kinds.endpoints, endpointsOf(service, backends), { manager: CONTROLLER })
    }
  }

  #keep(slice: Draft, present: readonly KubeObject[]): void {
    const { writer } = this.#cluster
    const exists = present.some(each => each.metadata.name === slice.metadata.name)
    if (exists) writer.update(kinds.endpointSlice, slice, { manager: CONTROLLER })
    else writer.create(kinds.endpointSlice, slice, { manager: CONTROLLER })
  }
}

const keyOf = ({ metadata }: KubeObject) => `${metadata.namespace}/${metadata.name}`

function selects({ spec }: KubeObject, labels: Readonly<Record<string, string>>): boolean {
  const wanted = Object.entries(textsOf(fieldsOf(spec).selector))
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value)
}

const addressOf = ({ status }: KubeObject): string => textOf(fieldsOf(status).podIP)

const hasAddress = ({ pod, port }: Backend): boolean =>
  addressOf(pod) !== '' && (port !== undefined || isStill(pod))

/** A pod without a socket has an address of its own; one with a socket is on loopback. */
const isStill = (pod: KubeObject): boolean => addressOf(pod) !== '127.0.0.1'

/** The port a Service reaches a pod on: the pod's one socket, if the pod has the port that the Service names. */
function reached(port: Fields, { pod, port: socket }: Backend): number {
  const declared = containersOf(pod)
    .flatMap(each => itemsOf(each.ports))
    .map(fieldsOf)
  const { targetPort } = port
  const found = declared.find(each => each.containerPort === targetPort || each.name === targetPort)
  if (!found && (declared.length > 0 || typeof targetPort === 'string')) return CLOSED_PORT
  return socket ?? Number(found?.containerPort ?? targetPort)
}

const endpointOf = ({ pod }: Backend): Fields => {
  const ends = pod.metadata.deletionTimestamp !== undefined
  const ready = isReady(pod)
  return {
    addresses: [addressOf(pod)],
    conditions: { ready: ready && !ends, serving: ready, terminating: ends },
    nodeName: NODE,
    targetRef: {
      kind: 'Pod',
      namespace: pod.metadata.namespace,
      name: pod.metadata.name,
      uid: pod.metadata.uid,
    },
  }
}

const portsFor = (service: KubeObject, backend: Backend): Fields[] =>
  itemsOf(fieldsOf(service.spec).ports)
    .map(fieldsOf)
    .map(port => ({ name: textOf(port.name), port: reached(port, backend), protocol: port.protocol }))

/** One slice for each pod with a socket, since each has a port of its own; a hundred of the others share one. */
function slicesOf(service: KubeObject, backends: readonly Backend[]): Draft[] {
  const sockets = backends.filter(({ pod }) => !isStill(pod))
  const still = backends.filter(({ pod }) => isStill(pod))
  const groups = sockets.map(each => [each])
  for (let i = 0; i < still.length; i += PER_SLICE) groups.push(still.slice(i, i + PER_SLICE))
  return groups.flatMap(([first, ...more], i) => (first ? sliceOf(service, [first, ...more], first, i) : []))
}

function sliceOf(service: KubeObject, group: readonly Backend[], first: Backend, index: number): Draft {
  const { namespace, name } = service.metadata
  const suffix = isStill(first.pod) ? `still-${index}` : first.pod.metadata.uid.slice(0, 8)
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      namespace,
      name: `${name}-${suffix}`,
      labels: {
        'kubernetes.io/service-name': name,
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
      },
      ownerReferences: [ownerOf(kinds.service, service)],
    },
    addressType: 'IPv4',
    endpoints: group.map(endpointOf),
    ports: portsFor(service, first),
  }
}

function endpointsOf(service: KubeObject, backends: readonly Backend[]): Draft {
  const { namespace, name } = service.metadata
  const subsets = backends
    .filter(({ pod }) => pod.metadata.deletionTimestamp === undefined)
    .map(backend => {
      const { addresses, nodeName, targetRef } = endpointOf(backend)
      const address = { ip: itemsOf(addresses)[0], nodeName, targetRef }
      const ports = portsFor(service, backend)
      return isReady(backend.pod) ? { addresses: [address], ports } : { notReadyAddresses: [address], ports }
    })
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { namespace, name, ownerReferences: [ownerOf(kinds.service, service)] },
    subsets,
  }
}
