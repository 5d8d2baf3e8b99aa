import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'
import { kinds } from '../api/kinds'
import type { Draft, Fields, KubeObject } from '../api/object'
import { ownerOf } from './cluster'
import { containersOf, isReady, NODE } from './pod-state'

/** Where nothing listens: what a Service gets that names a port its pods do not have. */
const CLOSED_PORT = 1
const PER_SLICE = 100

/** A pod behind a Service and the loopback port it answers on; none for a pod without a socket. */
export type Backend = { pod: KubeObject; port: number | undefined }

const addressOf = ({ status }: KubeObject): string => textOf(fieldsOf(status).podIP)

/** Whether a pod can be named in a slice yet. */
export const hasAddress = ({ pod, port }: Backend): boolean =>
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
export function slicesOf(service: KubeObject, backends: readonly Backend[]): Draft[] {
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

/** The older form of the same: one Endpoints object for each Service. */
export function endpointsOf(service: KubeObject, backends: readonly Backend[]): Draft {
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
