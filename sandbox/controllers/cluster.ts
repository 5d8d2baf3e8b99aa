import { apiVersionOf, type Kind } from '../api/kinds'
import type { Fields, KubeObject, OwnerReference } from '../api/object'
import type { Writer } from '../api/writer'
import type { Owners } from './owners'
import type { Recorder } from './recorder'

/** What every controller works with. */
export type Cluster = { writer: Writer; owners: Owners; recorder: Recorder }

/** Name under which the controllers write. */
export const CONTROLLER = 'kube-controller-manager'

/** Says that an object keeps others: they end with it. */
export const ownerOf = (kind: Kind, { metadata }: KubeObject): OwnerReference => ({
  apiVersion: apiVersionOf(kind),
  kind: kind.kind,
  name: metadata.name,
  uid: metadata.uid,
  controller: true,
  blockOwnerDeletion: true,
})

/** Writes an object's status, unless the object is gone or says so already. */
export function writeStatus(
  writer: Writer,
  kind: Kind,
  { metadata }: KubeObject,
  status: Fields,
  manager = CONTROLLER,
): void {
  const now = writer.store.get(kind, metadata.namespace, metadata.name)
  if (now?.metadata.uid !== metadata.uid) return
  writer.update(kind, { ...now, status }, { manager, subresource: 'status' })
}

/** One entry of a status' `conditions`. */
export type Condition = Fields & { type: string; status: 'True' | 'False' | 'Unknown' }

/** A condition that remembers since when it has been so. */
export function conditionOf(
  before: readonly unknown[],
  { type, status, ...more }: Condition,
  nowIso: string,
): Fields {
  const old = before.find((each): each is Fields => isConditionOf(each, type))
  const since = old?.status === status ? old.lastTransitionTime : nowIso
  return { type, status, lastTransitionTime: since, ...more }
}

const isConditionOf = (raw: unknown, type: string): boolean =>
  typeof raw === 'object' && raw !== null && 'type' in raw && raw.type === type
