import 'server-only'
import type { ContentVersion } from '@/lib/domain/content-version'
import type { ListedIngress } from '@/lib/server/kubernetes/kinds'
import { keyOf, type StoreChange } from '@/lib/server/kubernetes/store'
import { isEarlier } from '@/lib/server/kubernetes/version'

const CONFIRM_MS = 2_000

type Named = { namespace: string; name: string }
type Waiter = { version: string; done: (isSeen: boolean) => void }

/** Remembers when each Ingress really changed, and tells writers when their write has come back. */
export class Edits {
  #contents = new Map<string, ContentVersion>()
  #waiters = new Map<string, Set<Waiter>>()

  /** The cache has taken a change. */
  note({ before, after }: StoreChange<ListedIngress>): void {
    const key = keyOf(after ?? before ?? { name: '' })
    if (!after) this.#contents.delete(key)
    else if (this.#contents.get(key)?.key !== after.contentKey) {
      this.#contents.set(key, { key: after.contentKey, resourceVersion: after.resourceVersion })
    }
    for (const waiter of this.#waiters.get(key) ?? []) {
      if (!after || !isEarlier(after.resourceVersion, waiter.version)) waiter.done(true)
    }
  }

  contentVersion(named: Named): ContentVersion | undefined {
    return this.#contents.get(keyOf(named))
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
