import 'server-only'
import type { Stored } from '@/lib/server/kubernetes/store'

/** One kind of object: where the API server has it, and what of it is kept. */
export type Kind<T extends Stored> = {
  /** Plural, as in the API: "pods". */
  name: string
  group: string
  namespaced: boolean
  parse: (raw: unknown, share: (text: string) => string) => T
}

/** Path of a kind's list in the API, in one namespace or, for null, everywhere. */
export function pathOf({ group, name }: Pick<Kind<Stored>, 'group' | 'name'>, namespace: string | null) {
  return namespace === null ? `/${group}/${name}` : `/${group}/namespaces/${namespace}/${name}`
}
