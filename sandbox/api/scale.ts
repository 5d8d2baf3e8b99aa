import { fieldsOf, textOf, wholeOf } from '@/lib/domain/raw'
import type { Address } from './address'
import type { Draft, Fields, KubeObject } from './object'
import { invalid } from './refusal'
import { Check } from './validation/check'

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

/** Refuses a scale that is none. Errors: Invalid. */
export function checkScale({ name = '' }: Address, { spec }: Fields): void {
  const check = new Check()
  const { replicas = 0 } = fieldsOf(spec)
  if (wholeOf(replicas, -1) < 0)
    check.invalid('spec.replicas', replicas, 'must be greater than or equal to 0')
  if (check.causes.length > 0) {
    throw invalid({ plural: '', group: 'autoscaling', kind: 'Scale' }, name, check.causes)
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
