import type { ServerResponse } from 'node:http'
import type { User } from './access'
import type { Faults, Victim } from './faults'
import type { Store } from './store'
import { Watch, type WatchWish } from './watch'

type Open = { watch: Watch; user: User }

/** Whether somebody is hit by what is done to a victim. */
export const isHit = (user: User, victim: Victim): boolean => victim === 'everybody' || victim === user.token

/** How long before its end a watch tells once more how far it has come. Source: Kubernetes 1.34, storage/cacher. */
const LAST_BOOKMARK_MS = 2000

/** All open watches. Units: `bookmarkMs` between two bookmarks of one watch. */
export class Watches {
  readonly #store: Store
  readonly #faults: Faults
  readonly #bookmarkMs: number
  readonly #open = new Set<Open>()

  constructor(store: Store, faults: Faults, bookmarkMs: number) {
    this.#store = store
    this.#faults = faults
    this.#bookmarkMs = bookmarkMs
    faults.onChange(() => {
      for (const { watch } of this.#open) watch.pump()
    })
  }

  /** Begins a watch that ends by itself after `timeoutMs`, or when the client leaves. */
  begin(wish: WatchWish, user: User, response: ServerResponse, timeoutMs: number): void {
    const watch = new Watch(wish, this.#store, response, () => this.#faults.holds(user, wish.kind))
    const open = { watch, user }
    const unlisten = this.#store.listen(wish.kind, () => watch.pump())
    const bookmarks = setInterval(() => watch.bookmark(), this.#bookmarkMs)
    const lastMs = timeoutMs - LAST_BOOKMARK_MS
    const last = lastMs > 0 ? setTimeout(() => watch.bookmark(), lastMs) : undefined
    const end = setTimeout(() => watch.end(), timeoutMs)
    this.#open.add(open)
    response.on('close', () => {
      unlisten()
      clearInterval(bookmarks)
      clearTimeout(last)
      clearTimeout(end)
      this.#open.delete(open)
    })
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' })
    response.flushHeaders()
    watch.begin()
  }

  /** Cuts all watches of a victim without a word. */
  cut(victim: Victim): void {
    for (const { watch, user } of this.#open) if (isHit(user, victim)) watch.cut()
  }

  /** Forgets the store's history; a watch that had seen everything goes on. */
  forget(): void {
    for (const { watch } of this.#open) watch.pump()
    const seen = this.#store.version
    this.#store.forget()
    for (const { watch } of this.#open) watch.skip(seen, this.#store.version)
  }
}
