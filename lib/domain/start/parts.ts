import { fieldsOf, textOf, textsOf } from '@/lib/domain/raw'

type Fields = Readonly<Record<string, unknown>>

/** The metadata of an object as the cluster sent it. */
export const metadataOf = (raw: unknown): Fields => fieldsOf(fieldsOf(raw).metadata)

/** Its name; "" where it has none. */
export const nameOf = (raw: unknown): string => textOf(metadataOf(raw).name)

/** What is wanted of it. */
export const specOf = (raw: unknown): Fields => fieldsOf(fieldsOf(raw).spec)

/** The template of the pods that a workload makes. */
export const templateOf = (raw: unknown): Fields => fieldsOf(specOf(raw).template)

/** The spec of those pods. */
export const podSpecOf = (raw: unknown): Fields => fieldsOf(templateOf(raw).spec)

/** The labels of those pods. */
export const podLabelsOf = (raw: unknown): Readonly<Record<string, string>> =>
  textsOf(fieldsOf(templateOf(raw).metadata).labels)

/** Does this autoscaler scale the Deployment of this name. */
export function scales(autoscaler: unknown, deployment: string): boolean {
  const { kind, name } = fieldsOf(specOf(autoscaler).scaleTargetRef)
  return kind === 'Deployment' && name === deployment
}
