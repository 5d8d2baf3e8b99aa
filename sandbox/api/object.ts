/** Fields of an object whose shape is checked where it is used. */
export type Fields = Readonly<Record<string, unknown>>

/** Labels, annotations, selectors. */
export type Texts = Readonly<Record<string, string>>

/** One owner of an object; when the owner goes, so does the object. */
export type OwnerReference = Fields & {
  apiVersion: string
  kind: string
  name: string
  uid: string
  controller?: boolean
  blockOwnerDeletion?: boolean
}

/** What every stored object carries. Units: times are RFC 3339 in whole seconds. */
export type Metadata = Fields & {
  name: string
  namespace?: string | undefined
  uid: string
  resourceVersion: string
  generation?: number | undefined
  creationTimestamp: string
  deletionTimestamp?: string | undefined
  deletionGracePeriodSeconds?: number | undefined
  labels?: Texts | undefined
  annotations?: Texts | undefined
  ownerReferences?: readonly OwnerReference[] | undefined
  finalizers?: readonly string[] | undefined
  managedFields?: readonly Fields[] | undefined
}

/** An object as the store keeps it: never changed in place, replaced as a whole. */
export type KubeObject = Fields & { apiVersion: string; kind: string; metadata: Metadata }

/** An object as a client sends it: what the server sets may be missing. */
export type Draft = Fields & {
  apiVersion: string
  kind: string
  metadata: Fields & Partial<Metadata>
}

/** Where an object lives within its kind: `namespace/name`, or the name alone. */
export const keyOf = (namespace: string | undefined, name: string): string =>
  namespace === undefined || namespace === '' ? name : `${namespace}/${name}`
