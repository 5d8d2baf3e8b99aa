import { fieldsOf, itemsOf, type Share, textOf } from '@/lib/domain/raw'

type Fields = Readonly<Record<string, unknown>>

/** What tells one object of a namespace from another. */
export function identityOf(raw: unknown, share: Share) {
  const metadata = fieldsOf(fieldsOf(raw).metadata)
  return {
    namespace: share(textOf(metadata.namespace)),
    name: textOf(metadata.name),
    uid: textOf(metadata.uid),
    resourceVersion: textOf(metadata.resourceVersion),
  }
}

/** A message of the cluster, cut so that 10,000 pods that fail alike stay small. */
export const clipped = (message: string): string => message.slice(0, 300)

/** The condition of this type in a status. */
export function conditionOf(status: Fields, type: string): Fields | undefined {
  for (const item of itemsOf(status.conditions)) {
    const condition = fieldsOf(item)
    if (condition.type === type) return condition
  }
  return undefined
}
