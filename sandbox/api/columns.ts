import { fieldsOf, itemsOf, textOf, wholeOf } from '@/lib/domain/raw'
import { humanDuration } from './duration'
import type { Fields, KubeObject } from './object'

/** One column that `kubectl get` prints; `wide` ones only with `-o wide`. */
export type Column = { name: string; wide?: boolean; cell: (object: KubeObject, nowMs: number) => string }

const specOf = ({ spec }: KubeObject): Fields => fieldsOf(spec)
const statusOf = ({ status }: KubeObject): Fields => fieldsOf(status)
const all = (raw: unknown): Fields[] => itemsOf(raw).map(fieldsOf)
const orNone = (text: string) => text || '<none>'
const count = (raw: unknown) => String(wholeOf(raw))
const ageFrom = (time: unknown, nowMs: number) => humanDuration(nowMs - Date.parse(textOf(time)))

const name: Column = { name: 'Name', cell: ({ metadata }) => metadata.name }
const age: Column = { name: 'Age', cell: ({ metadata }, nowMs) => ageFrom(metadata.creationTimestamp, nowMs) }

const pairs = (raw: unknown): string =>
  orNone(
    Object.entries(fieldsOf(raw))
      .map(([key, value]) => `${key}=${textOf(value)}`)
      .join(','),
  )

const containers = (object: KubeObject): Fields[] =>
  all(fieldsOf(fieldsOf(specOf(object).template).spec).containers)

const workload: readonly Column[] = [
  {
    name: 'Containers',
    wide: true,
    cell: object =>
      containers(object)
        .map(each => textOf(each.name))
        .join(','),
  },
  {
    name: 'Images',
    wide: true,
    cell: object =>
      containers(object)
        .map(each => textOf(each.image))
        .join(','),
  },
  { name: 'Selector', wide: true, cell: object => pairs(fieldsOf(specOf(object).selector).matchLabels) },
]

const statuses = (pod: KubeObject): Fields[] => all(statusOf(pod).containerStatuses)

function podPhase(pod: KubeObject): string {
  if (pod.metadata.deletionTimestamp !== undefined) return 'Terminating'
  for (const { state } of statuses(pod)) {
    const { waiting, terminated } = fieldsOf(state)
    const reason = textOf(fieldsOf(waiting).reason) || textOf(fieldsOf(terminated).reason)
    if (reason) return reason
  }
  return textOf(statusOf(pod).phase)
}

const pod: readonly Column[] = [
  name,
  {
    name: 'Ready',
    cell: each =>
      `${statuses(each).filter(({ ready }) => ready === true).length}/${all(specOf(each).containers).length}`,
  },
  { name: 'Status', cell: podPhase },
  {
    name: 'Restarts',
    cell: each => count(statuses(each).reduce((sum, { restartCount }) => sum + wholeOf(restartCount), 0)),
  },
  age,
  { name: 'IP', wide: true, cell: each => orNone(textOf(statusOf(each).podIP)) },
  { name: 'Node', wide: true, cell: each => orNone(textOf(specOf(each).nodeName)) },
  { name: 'Nominated Node', wide: true, cell: () => '<none>' },
  { name: 'Readiness Gates', wide: true, cell: () => '<none>' },
]

const deployment: readonly Column[] = [
  name,
  { name: 'Ready', cell: each => `${count(statusOf(each).readyReplicas)}/${count(specOf(each).replicas)}` },
  { name: 'Up-to-date', cell: each => count(statusOf(each).updatedReplicas) },
  { name: 'Available', cell: each => count(statusOf(each).availableReplicas) },
  age,
  ...workload,
]

const replicaSet: readonly Column[] = [
  name,
  { name: 'Desired', cell: each => count(specOf(each).replicas) },
  { name: 'Current', cell: each => count(statusOf(each).replicas) },
  { name: 'Ready', cell: each => count(statusOf(each).readyReplicas) },
  age,
  ...workload,
]

const service: readonly Column[] = [
  name,
  { name: 'Type', cell: each => textOf(specOf(each).type) },
  { name: 'Cluster-IP', cell: each => orNone(textOf(specOf(each).clusterIP)) },
  { name: 'External-IP', cell: each => orNone(textOf(specOf(each).externalName)) },
  {
    name: 'Port(s)',
    cell: each =>
      orNone(
        all(specOf(each).ports)
          .map(({ port, protocol }) => `${String(port)}/${textOf(protocol)}`)
          .join(','),
      ),
  },
  age,
  { name: 'Selector', wide: true, cell: each => pairs(specOf(each).selector) },
]

const ingress: readonly Column[] = [
  name,
  { name: 'Class', cell: each => orNone(textOf(specOf(each).ingressClassName)) },
  {
    name: 'Hosts',
    cell: each =>
      [...new Set(all(specOf(each).rules).map(({ host }) => textOf(host)))].filter(Boolean).join(',') || '*',
  },
  {
    name: 'Address',
    cell: each =>
      all(fieldsOf(statusOf(each).loadBalancer).ingress)
        .map(({ ip, hostname }) => textOf(ip) || textOf(hostname))
        .join(','),
  },
  { name: 'Ports', cell: each => (itemsOf(specOf(each).tls).length > 0 ? '80, 443' : '80') },
  age,
]

const subsetText = ({ addresses, ports }: Fields): string[] =>
  all(addresses).flatMap(({ ip }) => all(ports).map(({ port }) => `${textOf(ip)}:${String(port)}`))

const event: readonly Column[] = [
  {
    name: 'Last Seen',
    cell: (each, nowMs) => ageFrom(each.lastTimestamp ?? each.metadata.creationTimestamp, nowMs),
  },
  { name: 'Type', cell: each => textOf(each.type) },
  { name: 'Reason', cell: each => textOf(each.reason) },
  {
    name: 'Object',
    cell: each =>
      `${textOf(fieldsOf(each.involvedObject).kind).toLowerCase()}/${textOf(fieldsOf(each.involvedObject).name)}`,
  },
  { name: 'Source', wide: true, cell: each => textOf(fieldsOf(each.source).component) },
  { name: 'Message', cell: each => textOf(each.message) },
  { name: 'Count', wide: true, cell: each => count(each.count) },
  { name: 'Name', wide: true, cell: ({ metadata }) => metadata.name },
]

const COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  Pod: pod,
  Deployment: deployment,
  ReplicaSet: replicaSet,
  Service: service,
  Ingress: ingress,
  Event: event,
  Namespace: [name, { name: 'Status', cell: each => textOf(statusOf(each).phase) }, age],
  IngressClass: [
    name,
    { name: 'Controller', cell: each => textOf(specOf(each).controller) },
    { name: 'Parameters', cell: () => '<none>' },
    age,
  ],
  Endpoints: [
    name,
    { name: 'Endpoints', cell: each => orNone(all(each.subsets).flatMap(subsetText).join(',')) },
    age,
  ],
  EndpointSlice: [
    name,
    { name: 'AddressType', cell: each => textOf(each.addressType) },
    {
      name: 'Ports',
      cell: each =>
        all(each.ports)
          .map(({ port }) => String(port))
          .join(',') || '<unset>',
    },
    {
      name: 'Endpoints',
      cell: each =>
        all(each.endpoints)
          .flatMap(({ addresses }) => itemsOf(addresses).map(textOf))
          .join(',') || '<unset>',
    },
    age,
  ],
  Lease: [name, { name: 'Holder', cell: each => textOf(specOf(each).holderIdentity) }, age],
}

/** Columns of a kind. Source: Kubernetes 1.34, pkg/printers/internalversion/printers.go. */
export const columnsOf = (kind: string): readonly Column[] => COLUMNS[kind] ?? [name, age]
