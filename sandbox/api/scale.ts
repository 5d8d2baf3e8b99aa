import { fieldsOf, textOf, wholeOf } from '@/lib/domain/raw'
import type { Draft, Fields, KubeObject } from './object'

const labelsText = (raw: unknown): string =>
  Object.entries(fieldsOf(fieldsOf(raw).matchLabels))
    .map(([key, value]) => `${key}=${textOf(value)}`)
    .join(',')

/** A Deployment or ReplicaSet seen through its `/scale`. */
export function scaleOf({ metadata, spec, status }: KubeObject): Draft {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata
  const wanted = wholeOf(fieldsOf(spec).replicas)
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: wanted === 0 ? {} : { replicas: wanted },
    status: { replicas: wholeOf(fieldsOf(status).replicas), selector: labelsText(fieldsOf(spec).selector) },
  }
}

/** The object with the number of replicas that its `/scale` was given. */
export const rescaled = (object: KubeObject, scale: Fields): Draft => ({
  ...object,
  metadata: {
    ...object.metadata,
    resourceVersion: textOf(fieldsOf(scale.metadata).resourceVersion) || object.metadata.resourceVersion,
  },
  spec: { ...fieldsOf(object.spec), replicas: fieldsOf(scale.spec).replicas ?? 0 },
})
