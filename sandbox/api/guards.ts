import { type Kind, kinds } from './kinds'
import type { Draft, KubeObject } from './object'
import { conflict, invalid, notFound, Refusal } from './refusal'
import type { Store } from './store'

/** Refuses a new object in a namespace that is not there or is ending. Errors: NotFound, Forbidden. */
export function checkNamespace(store: Store, kind: Kind, namespace: string | undefined, name: string): void {
  if (!kind.namespaced) return
  const found = store.get(kinds.namespace, undefined, namespace ?? '')
  if (!found) throw notFound(kinds.namespace, namespace ?? '')
  if (found.metadata.deletionTimestamp === undefined) return
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`
  throw new Refusal('Forbidden', `${kind.plural} "${name}" is forbidden: ${why}`)
}

/** Refuses a write that was made for another state of the object. Errors: Conflict; Invalid for a lease without a version. */
export function checkVersion(kind: Kind, { metadata }: Draft, before: KubeObject): void {
  const name = before.metadata.name
  const sent = metadata.resourceVersion
  if (sent && sent !== before.metadata.resourceVersion) throw conflict(kind, name)
  if (!sent && kind === kinds.lease) {
    const message = 'Invalid value: 0: must be specified for an update'
    throw invalid(kind, name, [{ reason: 'FieldValueInvalid', field: 'metadata.resourceVersion', message }])
  }
  if (metadata.uid && metadata.uid !== before.metadata.uid) {
    const why = `Precondition failed: UID in precondition: ${metadata.uid}, UID in object meta: ${before.metadata.uid}`
    throw conflict(kind, name, why)
  }
}
