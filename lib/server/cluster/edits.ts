import 'server-only'
import { type ContentVersion, routingKeyOf } from '@/lib/domain/content-version'
import type { ListedIngress } from '@/lib/server/kubernetes/kinds'
import { keyOf, type StoreChange } from '@/lib/server/kubernetes/store'
import { isEarlier } from '@/lib/server/kubernetes/version'

const CONFIRM_MS = 2_000

type Named = { namespace: string; name: string }
type Waiter = { version: string; done: (isSeen: boolean) => void }

/** Remembers when each Ingress really changed, and tells writers when their write has come back. */
export class Edits {
  #contents = new Map<string, ContentVersion>()
  #routings = new Map<string, ContentVersion>()
  #waiters = new Map<string, Set<Waiter>>()

  /** The cache has taken a change. */
  note({ before, after }: StoreChange<ListedIngress>): void {
    const key = keyOf(after ?? before ?? { name: '' })
    if (!after) this.#forget(key)
    else if (this.#contents.get(key)?.key !== after.contentKey) this.#learn(key, after)
    for (const waiter of this.#waiters.get(key) ?? []) {
      if (!after || !isEarlier(after.resourceVersion, waiter.version)) waiter.done(true)
    }
  }

  #forget(key: string): void {
    this.#contents.delete(key)
    this.#routings.delete(key)
  }

  #learn(key: string, { resourceVersion, contentKey, ...ingress }: ListedIngress): void {
    this.#contents.set(key, { key: contentKey, resourceVersion })
    const routing = routingKeyOf({ resourceVersion, ...ingress })
    if (this.#routings.get(key)?.key !== routing) this.#routings.set(key, { key: routing, resourceVersion })
  }

  contentVersion(named: Named): ContentVersion | undefined {
    return this.#contents.get(keyOf(named))
  }

  /** The version at which an Ingress last changed in what requests are sent by: also where it changed and changed back. */
  routingVersion(named: Named): string {
    return this.#routings.get(keyOf(named))?.resourceVersion ?? ''
  }

  /** True once `held` or a later state has reached `version`, or the object is gone; false after 2 s. */
  caughtUp(named: Named, held: ListedIngress | undefined, version: string): Promise<boolean> {
    if (!held || !isEarlier(held.resourceVersion, version)) return Promise.resolve(true)
    const key = keyOf(named)
    return new Promise(resolve => {
      const waiter: Waiter = {
        version,
        done: isSeen => {
          clearTimeout(timer)
          const others = this.#waiters.get(key)
          others?.delete(waiter)
          if (others?.size === 0) this.#waiters.delete(key)
          resolve(isSeen)
        },
      }
      const timer = setTimeout(() => waiter.done(false), CONFIRM_MS)
      this.#waiters.set(key, (this.#waiters.get(key) ?? new Set()).add(waiter))
    })
  }
}
