import 'server-only'
import type { Frame } from '@/lib/contract'
import type { ReleaseId } from '@/lib/domain/model/release'
import type { HalfStarted } from '@/lib/domain/model/start'
import { halfStartedIn } from '@/lib/domain/operation/half-started'
import type { Cache } from '@/lib/server/cluster/cache'

export type HalfStartsOptions = {
  cluster: string
  cache: Cache
  /** Has everything been read once? Until then what is missing may only not have been seen. */
  isReadable(): boolean
  isAtWork(id: ReleaseId): boolean
  publish(frame: Frame): void
}

const QUIET_MS = 20

/** Starts that have not come to their end, as the cluster shows them: a restart of ours forgets none. */
export class HalfStarts {
  readonly #options: HalfStartsOptions
  readonly #dirty = new Set<string>()
  readonly #published = new Map<string, string>()
  #timer: NodeJS.Timeout | undefined
  #isStopped = false

  constructor(options: HalfStartsOptions) {
    this.#options = options
  }

  /** Something has changed in a namespace. */
  touch(namespace: string): void {
    this.#dirty.add(namespace)
    this.wake()
  }

  /** What may be read has changed. */
  wake(): void {
    if (this.#isStopped || this.#timer || this.#dirty.size === 0) return
    this.#timer = setTimeout(() => this.#refresh(), QUIET_MS)
  }

  in(namespace: string): HalfStarted[] {
    const { cluster, cache, isAtWork } = this.#options
    return halfStartedIn(namespace, cluster, {
      deployments: cache.deployments.in(namespace),
      services: cache.services.in(namespace),
      ingress: name => cache.ingresses.get(namespace, name),
      isRunning: name => isAtWork({ cluster, namespace, name }),
    })
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
  }

  #refresh(): void {
    this.#timer = undefined
    if (!this.#options.isReadable()) return
    for (const namespace of this.#dirty) this.#tell(namespace)
    this.#dirty.clear()
  }

  #tell(namespace: string): void {
    const { cluster, publish } = this.#options
    const found = new Map(this.in(namespace).map(each => [`${namespace}/${each.id.name}`, each]))
    for (const key of this.#published.keys()) {
      if (!key.startsWith(`${namespace}/`) || found.has(key)) continue
      this.#published.delete(key)
      publish({ key: `half-started/${cluster}/${key}`, value: null })
    }
    for (const [key, value] of found) {
      const text = JSON.stringify(value)
      if (this.#published.get(key) === text) continue
      this.#published.set(key, text)
      publish({ key: `half-started/${cluster}/${key}`, value })
    }
  }
}
