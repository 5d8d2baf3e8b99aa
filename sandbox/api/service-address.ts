import { fieldsOf, textOf } from '@/lib/domain/raw'
import { kinds } from './kinds'
import type { Draft, KubeObject } from './object'
import type { Store } from './store'

/** Hands out the virtual addresses of Services, 10.96.0.0/16; nothing answers there. */
export class ClusterAddresses {
  #next = 10
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /** The Service with an address, unless it is headless, external or brings its own. */
  given(draft: Draft): Draft {
    const spec = fieldsOf(draft.spec)
    if (spec.type === 'ExternalName') return draft
    const clusterIP = textOf(spec.clusterIP) || this.#free()
    return { ...draft, spec: { ...spec, clusterIP, clusterIPs: [clusterIP] } }
  }

  /** The Service with the address it already has. */
  kept(draft: Draft, before: KubeObject): Draft {
    const { clusterIP, clusterIPs } = fieldsOf(before.spec)
    const spec = fieldsOf(draft.spec)
    return spec.clusterIP === undefined && clusterIP !== undefined
      ? { ...draft, spec: { ...spec, clusterIP, clusterIPs } }
      : draft
  }

  #free(): string {
    const taken = new Set(this.#store.list(kinds.service).map(each => fieldsOf(each.spec).clusterIP))
    for (;;) {
      this.#next += 1
      const address = `10.96.${(this.#next >> 8) & 255}.${this.#next & 255}`
      if (!taken.has(address)) return address
    }
  }
}
