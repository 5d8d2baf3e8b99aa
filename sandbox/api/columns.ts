import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'
import { age, ageFrom, all, type Column, count, name, orNone, pairs, specOf, statusOf } from './column'
import type { Fields } from './object'
import { autoscaler, budget, deployment, pod, replicaSet, statefulSet } from './workload-columns'

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
  StatefulSet: statefulSet,
  HorizontalPodAutoscaler: autoscaler,
  PodDisruptionBudget: budget,
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
