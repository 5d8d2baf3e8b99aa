import type { Kind } from './kinds'
import { type KubeObject, keyOf } from './object'

/** One change of one object. `before` is the object as it was, missing for a new one. */
export type Change = {
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  version: number
  object: KubeObject
  before?: KubeObject
}

const HISTORY_LIMIT = 20_000
const FIRST_VERSION = 1_000

/** Objects of one kind in the order of their keys, and how they came to be. */
class Shelf {
  readonly objects = new Map<string, KubeObject>()
  history: Change[] = []
  /** Changes up to this version are forgotten. */
  forgotten: number
  readonly listeners = new Set<(change: Change) => void>()
  #keys: string[] | undefined = []

  constructor(forgotten: number) {
    this.forgotten = forgotten
  }

  /** Keys in order; sorted again only when keys have come or gone. */
  keys(): readonly string[] {
    this.#keys ??= [...this.objects.keys()].sort()
    return this.#keys
  }

  keysChanged(): void {
    this.#keys = undefined
  }

  remember(change: Change): void {
    this.history.push(change)
    if (this.history.length <= HISTORY_LIMIT) return
    const dropped = this.history.splice(0, HISTORY_LIMIT / 4)
    this.forgotten = dropped.at(-1)?.version ?? this.forgotten
  }
}

/** All objects of the cluster in memory, under one rising version. Knows no rules: those are in `Writer`. */
export class Store {
  #version = FIRST_VERSION
  #forgotten = FIRST_VERSION
  readonly #shelves = new Map<Kind, Shelf>()

  /** Version of the latest change of anything. */
  get version(): number {
    return this.#version
  }

  get(kind: Kind, namespace: string | undefined, name: string): KubeObject | undefined {
    return this.#shelf(kind).objects.get(keyOf(namespace, name))
  }

  /** Objects of a kind in the order of namespace and name. */
  list(kind: Kind, namespace?: string): KubeObject[] {
    const shelf = this.#shelf(kind)
    const keys = namespace ? shelf.keys().filter(key => key.startsWith(`${namespace}/`)) : shelf.keys()
    return keys.flatMap(key => shelf.objects.get(key) ?? [])
  }

  /** Keeps an object as a new version and tells whoever listens. */
  put(kind: Kind, wanted: KubeObject): KubeObject {
    const shelf = this.#shelf(kind)
    const key = keyOf(wanted.metadata.namespace, wanted.metadata.name)
    const before = shelf.objects.get(key)
    this.#version += 1
    const object = {
      ...wanted,
      metadata: { ...wanted.metadata, resourceVersion: String(this.#version) },
    }
    shelf.objects.set(key, object)
    if (!before) shelf.keysChanged()
    this.#tell(shelf, {
      type: before ? 'MODIFIED' : 'ADDED',
      version: this.#version,
      object,
      ...(before && { before }),
    })
    return object
  }

  /** Takes an object away; the last version of it carries the version of its end. */
  remove(kind: Kind, { metadata }: KubeObject): KubeObject | undefined {
    const shelf = this.#shelf(kind)
    const key = keyOf(metadata.namespace, metadata.name)
    const before = shelf.objects.get(key)
    if (!before) return undefined
    this.#version += 1
    const object = { ...before, metadata: { ...before.metadata, resourceVersion: String(this.#version) } }
    shelf.objects.delete(key)
    shelf.keysChanged()
    this.#tell(shelf, { type: 'DELETED', version: this.#version, object, before })
    return object
  }

  /** Changes of a kind after a version; undefined when they are forgotten. */
  since(kind: Kind, version: number): readonly Change[] | undefined {
    const { history, forgotten } = this.#shelf(kind)
    if (version < forgotten) return undefined
    let low = 0
    let high = history.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((history[middle]?.version ?? 0) <= version) low = middle + 1
      else high = middle
    }
    return low === history.length ? [] : history.slice(low)
  }

  /** Calls back after every change of a kind; returns its own undo. */
  listen(kind: Kind, hear: (change: Change) => void): () => void {
    const { listeners } = this.#shelf(kind)
    listeners.add(hear)
    return () => listeners.delete(hear)
  }

  /** Forgets all history, as a compaction of etcd does. */
  forget(): void {
    this.#version += 1
    this.#forgotten = this.#version
    for (const shelf of this.#shelves.values()) {
      shelf.history = []
      shelf.forgotten = this.#version
    }
  }

  #shelf(kind: Kind): Shelf {
    const shelf = this.#shelves.get(kind) ?? new Shelf(this.#forgotten)
    this.#shelves.set(kind, shelf)
    return shelf
  }

  #tell(shelf: Shelf, change: Change): void {
    shelf.remember(change)
    for (const hear of shelf.listeners) hear(change)
  }
}
