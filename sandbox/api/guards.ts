import { type Kind, kinds } from './kinds'
import type { Draft, KubeObject } from './object'
import { conflict, forbidden, invalid, notFound } from './refusal'
import type { Store } from './store'

/** Refuses a new object in a namespace that is not there or is ending. Errors: NotFound, Forbidden. */
export function checkNamespace(store: Store, kind: Kind, namespace: string | undefined, name: string): void {
  if (!kind.namespaced) return
  const found = store.get(kinds.namespace, undefined, namespace ?? '')
  if (!found) throw notFound(kinds.namespace, namespace ?? '')
  if (found.metadata.deletionTimestamp === undefined) return
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`
  const causes = [
    {
      reason: 'NamespaceTerminating',
      message: `namespace ${namespace} is being terminated`,
      field: 'metadata.namespace',
    },
  ]
  throw forbidden(kind, name, why, { causes })
}

/** Refuses a write made for another state of the object. Errors: Conflict; Invalid for another uid or a lease without a version. */
export function checkVersion(kind: Kind, { metadata }: Draft, before: KubeObject): void {
  const name = before.metadata.name
  const sent = metadata.resourceVersion
  if (sent && sent !== before.metadata.resourceVersion) throw conflict(kind, name)
  if (!sent && kind === kinds.lease) {
    const message = 'Invalid value: 0: must be specified for an update'
    const cause = { reason: 'FieldValueInvalid', message, field: 'metadata.resourceVersion' }
    throw invalid({ ...kind, kind: kind.plural }, name, [cause])
  }
  if (metadata.uid && metadata.uid !== before.metadata.uid) {
    const message = `Invalid value: ${JSON.stringify(metadata.uid)}: field is immutable`
    throw invalid(kind, name, [{ reason: 'FieldValueInvalid', message, field: 'metadata.uid' }])
  }
}
