import 'server-only'
import type { Samples } from '@/lib/domain/model/samples'
import type { Judged } from '@/lib/server/sampler/judge'

/** How a parked canary can be asked; null where the release is not parked, or nothing gets through to it. */
export type Reach = 'can-be-asked' | 'cannot-be-asked' | null

/** Whether a parked canary can be reached: shown by one answer of it through each replica; after that nothing is asked. */
export class Reachability {
  #reach: Reach = null
  /** When it answered through each replica. */
  readonly #answeredMs = new Map<string, number>()
  #isBlind = false

  /** What is proven stays proven, until there is nothing that could be asked. */
  plan(reach: Reach): void {
    if (reach !== 'can-be-asked') this.forget()
    this.#reach = reach
  }

  /** After a change or a pause it has to be shown again. */
  forget(): void {
    this.#answeredMs.clear()
    this.#isBlind = false
  }

  /** Is there a replica through which it has not answered yet. */
  isAsked(urls: readonly string[]): boolean {
    return this.#reach === 'can-be-asked' && urls.some(url => !this.#answeredMs.has(url))
  }

  /** Takes in one answer to a probe that was sent after *due*. Limits: one that shows no version proves nothing. */
  add({ answered, why }: Judged, { url, nowMs }: { url: string; nowMs: number }): void {
    this.#isBlind = why !== undefined
    if (answered === 'canary' && !this.#answeredMs.has(url)) this.#answeredMs.set(url, nowMs)
  }

  view(urls: readonly string[]): Samples['reachable'] {
    if (this.#reach === null) return null
    if (this.#reach === 'cannot-be-asked' || urls.length === 0) return { state: 'cannot-measure', at: null }
    if (!this.isAsked(urls)) {
      const times = urls.map(url => this.#answeredMs.get(url) ?? 0)
      return { state: 'proven', at: new Date(Math.max(...times)).toISOString() }
    }
    return { state: this.#isBlind ? 'cannot-measure' : 'not-proven', at: null }
  }
}
