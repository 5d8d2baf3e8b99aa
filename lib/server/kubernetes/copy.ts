import 'server-only'
import type { Connection } from '@/lib/server/kubernetes/connection'
import type { Kind } from '@/lib/server/kubernetes/kind'
import { type Page, readList } from '@/lib/server/kubernetes/list'
import type { Outcome } from '@/lib/server/kubernetes/refusal'
import { keyOf, type Store, type Stored } from '@/lib/server/kubernetes/store'
import { isEarlier, isLater } from '@/lib/server/kubernetes/version'
import type { WatchEvent } from '@/lib/server/kubernetes/watch'

export type CopyOptions<T extends Stored> = {
  kind: Kind<T>
  /** null: everywhere. */
  namespace: string | null
  connection: Connection
  store: Store<T>
  share: (text: string) => string
  /** A bug in our own code that must not hide the other objects. */
  report: (bug: unknown) => void
}

/** A store as the copy of one kind: takes whole lists and single events, and knows up to which version it is true. */
export class Copy<T extends Stored> {
  #options: CopyOptions<T>
  #from: string | null = null
  #latest = '0'
  #olderLists = 0

  constructor(options: CopyOptions<T>) {
    this.#options = options
  }

  /** Where a watch may go on; null: a list is needed. */
  get from(): string | null {
    return this.#from
  }

  /** Events have been lost: only a list can say what is there. */
  doubt(): void {
    this.#from = null
  }

  /** Reads the whole list; what it does not name has gone unseen. */
  async list(path: string, signal: AbortSignal): Promise<Outcome<{ version: string }>> {
    const { connection, store, namespace } = this.#options
    const named = new Set<string>()
    let isFirst = true
    const take = (page: Page<T>) => {
      if (isFirst && !this.#accepts(page.version)) return false
      isFirst = false
      for (const object of page.objects) {
        this.#guarded(() => store.put(object))
        named.add(keyOf(object))
      }
      return true
    }
    const listed = await readList({ connection, path, signal, parse: raw => this.#parse(raw), take })
    if (!listed.ok) return listed
    store.keepOnly(named, namespace, listed.value.version)
    this.#see(listed.value.version)
    return listed
  }

  take(event: WatchEvent): void {
    const { store } = this.#options
    const object = event.type === 'bookmark' ? null : this.#parse(event.raw)
    this.#guarded(() => {
      if (object && event.type === 'present') store.put(object)
      if (object && event.type === 'deleted') store.remove(object, event.version)
    })
    this.#see(event.version)
  }

  /** An older list than seen is a lagging server the first time; the second time the cluster was restored. */
  #accepts(version: string): boolean {
    if (!isEarlier(version, this.#latest)) {
      this.#olderLists = 0
      return true
    }
    this.#olderLists += 1
    if (this.#olderLists < 2) return false
    this.#options.store.forget(this.#options.namespace)
    this.#olderLists = 0
    this.#latest = version
    return true
  }

  #see(version: string): void {
    this.#from = version
    if (isLater(version, this.#latest)) this.#latest = version
  }

  #parse(raw: unknown): T | null {
    let object: T | null = null
    this.#guarded(() => {
      object = this.#options.kind.parse(raw, this.#options.share)
    })
    return object
  }

  /** One object that our code cannot take must not hide the others. */
  #guarded(act: () => void): void {
    try {
      act()
    } catch (bug) {
      this.#options.report(bug)
    }
  }
}
