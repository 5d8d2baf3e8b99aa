import 'server-only'
import type { ControllerFlags } from '@/lib/domain/model/status'
import { fieldsOf, itemsOf } from '@/lib/domain/raw'
import type { ControllerPods } from '@/lib/domain/status/controllers'
import { flagsOf } from '@/lib/domain/status/flags'
import type { Connection } from '@/lib/server/kubernetes/connection'
import { jsonOf } from '@/lib/server/kubernetes/json'

/** Units: milliseconds. */
const LIMIT_MS = 2_000
const MOST_ASKED = 20

type Read = Promise<ControllerFlags | null>

/**
 * Arguments of controllers' pods, which the watch does not keep: one LIST for each template, since listing pods is all
 * that Halftone may do with them.
 * Limits: a pod's arguments never change, so each is asked for once, and forgotten with its pod; of 20 templates at most.
 */
export class Flags {
  #connection: Connection
  #known = new Map<string, Read>()

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** In the order of the groups; null where they could not be read. `mayAsk` false: only what is known. */
  of(groups: readonly ControllerPods[], mayAsk: boolean): Promise<(ControllerFlags | null)[]> {
    const before = this.#known
    this.#known = new Map()
    return Promise.all(
      groups.map(([pod], at) => {
        const read = before.get(pod.uid) ?? (mayAsk && at < MOST_ASKED ? this.#ask(pod) : null)
        if (read) this.#known.set(pod.uid, read)
        return read
      }),
    )
  }

  async #ask({ namespace, name, uid, image }: ControllerPods[0]): Read {
    const query = new URLSearchParams({ fieldSelector: `metadata.name=${name}`, limit: '1' })
    const path = `/api/v1/namespaces/${namespace}/pods?${query}`
    const answer = await this.#connection.request('GET', path, { timeoutMs: LIMIT_MS })
    const [pod] = answer.ok ? itemsOf(fieldsOf(jsonOf(answer.value.text)).items) : []
    const flags = pod === undefined ? null : flagsOf(pod, image)
    if (flags === null) this.#known.delete(uid)
    return flags
  }
}
