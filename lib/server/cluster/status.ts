import 'server-only'
import type { ClusterStatus } from '@/lib/domain/model/status'
import { controllerPodsOf, controllersOf, sharedClassesOf } from '@/lib/domain/status/controllers'
import { Flags } from '@/lib/server/cluster/flags'
import type { Reading } from '@/lib/server/cluster/reading'
import { Rights } from '@/lib/server/cluster/rights'
import type { Connection } from '@/lib/server/kubernetes/connection'

export type StatusReaderOptions = {
  reading: Reading
  connection: Connection
  /** Namespaces that are read; null: all. */
  namespaces: readonly string[] | null
}

/** A cluster's part of the status, but for what the configuration says of it. */
export type ReadStatus = Omit<ClusterStatus, 'gateways'>

/** Namespaces asked about at most where all are read. */
const MOST_NAMESPACES = 20

/**
 * Tells how one cluster is: what its watches know, and what has to be asked for.
 * Limits: what is asked for is waited for at most 2 s, and not at all while the API server does not answer.
 */
export class StatusReader {
  #options: StatusReaderOptions
  #flags: Flags
  #rights: Rights

  constructor(options: StatusReaderOptions) {
    this.#options = options
    this.#flags = new Flags(options.connection)
    this.#rights = new Rights(options.connection)
  }

  async read(): Promise<ReadStatus> {
    const { reading } = this.#options
    const state = reading.state()
    const isAnswering = state.nextTryAt === null
    const { asked, leftOut } = this.#namespaces()
    const [controllers, rights] = await Promise.all([
      this.#controllers(isAnswering),
      this.#rights.in(asked, isAnswering),
    ])
    return {
      ...state,
      connectedAt: reading.liveness.connectedAt,
      watches: reading.liveness.watches(),
      controllers,
      classesShared: sharedClassesOf(controllers),
      rights,
      rightsLeftOut: leftOut,
    }
  }

  async #controllers(isAnswering: boolean): Promise<ClusterStatus['controllers']> {
    const { cache, liveness, derived } = this.#options.reading
    const seen = controllerPodsOf(cache.pods.all())
    const flags = await this.#flags.of(seen, isAnswering)
    const classes = liveness.isReadable('ingressclasses') ? cache.ingressClasses.all() : null
    return controllersOf(
      seen.map((pods, at) => ({ pods, flags: flags[at] ?? null })),
      classes,
      derived.boardReleases(),
    )
  }

  /** Those that are read, or those with routes. */
  #namespaces(): { asked: string[]; leftOut: number } {
    const { reading, namespaces } = this.#options
    const all = namespaces ?? [...new Set(reading.derived.routes().map(route => route.namespace))].sort()
    const asked = all.slice(0, MOST_NAMESPACES)
    return { asked, leftOut: all.length - asked.length }
  }
}
