import { isDeepStrictEqual } from 'node:util'
import { fieldsOf } from '@/lib/domain/raw'
import { type Kind, kinds } from './kinds'
import { managedFieldsAfter, type Writing } from './managed-fields'
import type { Draft, Fields, KubeObject, Metadata } from './object'

/** Kinds whose `generation` counts changes of their spec. */
export const GENERATION = new Set<Kind>([
  kinds.deployment,
  kinds.replicaSet,
  kinds.ingress,
  kinds.pod,
  kinds.endpointSlice,
  kinds.statefulSet,
  kinds.podDisruptionBudget,
])

/** The object after a write: what clients may not change is as before; the very same object when nothing has changed. */
export function changed(kind: Kind, draft: Draft, before: KubeObject, writing: Writing): KubeObject {
  const old = before.metadata
  const hasNewSpec = !isDeepStrictEqual(wishOf(kind, draft), wishOf(kind, before))
  const metadata: Metadata = {
    ...draft.metadata,
    name: old.name,
    namespace: old.namespace,
    uid: old.uid,
    resourceVersion: old.resourceVersion,
    creationTimestamp: old.creationTimestamp,
    deletionTimestamp: old.deletionTimestamp,
    deletionGracePeriodSeconds: old.deletionGracePeriodSeconds,
    generation: GENERATION.has(kind) && hasNewSpec ? (old.generation ?? 0) + 1 : old.generation,
    managedFields: old.managedFields,
  }
  const after: KubeObject = {
    ...draft,
    apiVersion: before.apiVersion,
    kind: before.kind,
    metadata: plain(metadata),
  }
  if (isDeepStrictEqual(after, { ...before, metadata: plain(old) })) return before
  const managedFields = managedFieldsAfter(before, after, writing)
  return { ...after, metadata: plain({ ...metadata, managedFields }) }
}

/** Annotation with a Deployment's roll-out. The real controller writes it along with the status, which counts as no change. */
export const REVISION = 'deployment.kubernetes.io/revision'

/** The part of an object that its generation counts changes of; of a Deployment the annotations too. */
function wishOf(kind: Kind, { metadata, spec, addressType, endpoints, ports }: Draft): Fields {
  if (kind === kinds.endpointSlice) return { addressType, endpoints, ports }
  if (kind !== kinds.deployment) return fieldsOf(spec)
  const { [REVISION]: _controllers, ...annotations } = fieldsOf(metadata.annotations)
  return { spec, annotations }
}

/** Without fields that are undefined and without empty maps and lists, so that "no labels" is always the same. */
export const plain = (metadata: Metadata): Metadata => {
  const kept = Object.entries(metadata).filter(
    ([, value]) =>
      value !== undefined &&
      value !== null &&
      !(typeof value === 'object' && Object.keys(value).length === 0),
  )
  return { ...EMPTY, ...Object.fromEntries(kept) }
}

const EMPTY: Pick<Metadata, 'name' | 'uid' | 'resourceVersion' | 'creationTimestamp'> = {
  name: '',
  uid: '',
  resourceVersion: '',
  creationTimestamp: '',
}
