import 'server-only'
import { isLater } from '@/lib/server/kubernetes/version'

/** What every projected object has; `namespace` is absent for kinds of the whole cluster. */
export type Stored = { namespace?: string; name: string; uid: string; resourceVersion: string }

/** One object before and after; null before it came and after it went. */
export type StoreChange<T> = { before: T | null; after: T | null }

const DELETIONS_KEPT = 2_000

/**
 * The objects of one kind as last seen, by namespace. An object never goes back to an older version, whatever order
 * events and lists come in.
 *
 * Limits: the last 2,000 deletions are remembered, so that a late event cannot bring an object back.
 */
export class Store<T extends Stored> {
  #spaces = new Map<string, Map<string, T>>()
  #deleted = new Map<string, string>()
  #tell: (change: StoreChange<T>) => void

  constructor(tell: (change: StoreChange<T>) => void = () => undefined) {
    this.#tell = tell
  }

  get(namespace: string, name: string): T | undefined {
    return this.#spaces.get(namespace)?.get(name)
  }

  in(namespace: string): T[] {
    return [...(this.#spaces.get(namespace)?.values() ?? [])]
  }

  all(): T[] {
    return [...this.#spaces.values()].flatMap(space => [...space.values()])
  }

  /** How many there are in a namespace, or for null everywhere. */
  count(namespace: string | null): number {
    if (namespace !== null) return this.#spaces.get(namespace)?.size ?? 0
    return [...this.#spaces.values()].reduce((sum, space) => sum + space.size, 0)
  }

  put(object: T): void {
    const space = this.#space(object.namespace ?? '')
    const before = space.get(object.name) ?? null
    if (before && !isLater(object.resourceVersion, before.resourceVersion)) return
    const deletedAt = this.#deleted.get(keyOf(object))
    if (deletedAt !== undefined && !isLater(object.resourceVersion, deletedAt)) return
    space.set(object.name, object)
    this.#tell({ before, after: object })
  }

  /** Takes an object away, unless it has been seen newer than `version`. */
  remove({ namespace = '', name }: Pick<Stored, 'namespace' | 'name'>, version: string): void {
    const before = this.get(namespace, name)
    if (before && isLater(before.resourceVersion, version)) return
    this.#remember(keyOf({ namespace, name }), version)
    if (!before) return
    this.#space(namespace).delete(name)
    this.#tell({ before, after: null })
  }

  /** After a complete list as of `version`: what it did not name was deleted unseen. */
  keepOnly(named: ReadonlySet<string>, namespace: string | null, version: string): void {
    for (const [space, objects] of [...this.#spaces]) {
      if (namespace !== null && space !== namespace) continue
      for (const object of [...objects.values()]) if (!named.has(keyOf(object))) this.remove(object, version)
    }
  }

  /** Forgets what was seen in a namespace (null: everywhere): the cluster's versions have started again. */
  forget(namespace: string | null): void {
    for (const [space, objects] of this.#spaces) {
      if (namespace !== null && space !== namespace) continue
      for (const object of [...objects.values()]) {
        objects.delete(object.name)
        this.#tell({ before: object, after: null })
      }
    }
    this.#deleted.clear()
  }

  #space(namespace: string): Map<string, T> {
    const space = this.#spaces.get(namespace) ?? new Map<string, T>()
    this.#spaces.set(namespace, space)
    return space
  }

  #remember(key: string, version: string): void {
    const known = this.#deleted.get(key)
    if (known !== undefined && !isLater(version, known)) return
    this.#deleted.delete(key)
    this.#deleted.set(key, version)
    const oldest = this.#deleted.keys().next().value
    if (this.#deleted.size > DELETIONS_KEPT && oldest !== undefined) this.#deleted.delete(oldest)
  }
}

/** Namespace and name of an object as one text. */
export const keyOf = ({ namespace = '', name }: Pick<Stored, 'namespace' | 'name'>): string =>
  `${namespace}/${name}`
