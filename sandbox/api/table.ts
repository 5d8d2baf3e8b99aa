import type { IncomingMessage } from 'node:http'
import type { Clock } from './clock'
import { columnsOf } from './columns'
import type { Kind } from './kinds'
import type { Fields, KubeObject } from './object'

/** Whether the client wants rows to print, as `kubectl get` does. */
export const wantsTable = ({ headers }: IncomingMessage): boolean =>
  (headers.accept ?? '').includes('as=Table')

const definitionsOf = (kind: Kind): Fields[] =>
  columnsOf(kind.kind).map(({ name, wide }) => ({
    name,
    type: 'string',
    format: name === 'Name' ? 'name' : '',
    description: '',
    priority: wide ? 1 : 0,
  }))

/** Objects as a table. Source: Kubernetes, meta.k8s.io/v1 Table; each row carries the object's metadata. */
export const tableOf = (
  kind: Kind,
  objects: readonly KubeObject[],
  metadata: Fields,
  nowMs: number,
): Fields => ({
  kind: 'Table',
  apiVersion: 'meta.k8s.io/v1',
  metadata,
  columnDefinitions: definitionsOf(kind),
  rows: objects.map(object => ({
    cells: columnsOf(kind.kind).map(column => column.cell(object, nowMs)),
    object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata },
  })),
})

/** Writes each object of a watch as a table of one row, with its age at that moment. */
export const tableEvents = (kind: Kind, clock: Clock) => (object: KubeObject) =>
  tableOf(kind, [object], { resourceVersion: object.metadata.resourceVersion }, clock.nowMs())
