import 'server-only'
import { setMaxListeners } from 'node:events'
import type { Frame } from '@/lib/contract'
import type { ClusterState } from '@/lib/domain/model/cluster'
import type { ReleaseId } from '@/lib/domain/model/release'
import { fieldsOf, textOf } from '@/lib/domain/raw'
import { type Cache, createCache, keepFilled } from '@/lib/server/cluster/cache'
import { Derived } from '@/lib/server/cluster/derived'
import { Edits } from '@/lib/server/cluster/edits'
import { HalfStarts } from '@/lib/server/cluster/half-started'
import type { Connection } from '@/lib/server/kubernetes/connection'
import { jsonOf } from '@/lib/server/kubernetes/json'
import { Liveness } from '@/lib/server/kubernetes/liveness'

/** Units: milliseconds. Tests shorten them; what is left out is the product's. */
export type ClusterTimes = {
  idleMs?: number
  probeMs?: number
  graceMs?: number
  spacingMs?: number
  forbiddenMs?: number
}

export type ClusterOptions = {
  /** The cluster's name in Halftone. */
  name: string
  /** Its context in the kubeconfig. */
  context: string
  connection: Connection
  /** null: the whole cluster. */
  namespaces: readonly string[] | null
  /** The address probes are sent to, as configured; null where each Ingress says it itself. */
  gateway: { url: string } | null
  readOnly: boolean
  publish: (frame: Frame) => void
  /** A release was derived anew, or went. */
  onRelease: (id: ReleaseId) => void
  /** Is an operation at work on this release? */
  isAtWork?: (id: ReleaseId) => boolean
  /** A bug of ours in a loop that goes on. */
  report: (bug: unknown) => void
  times?: ClusterTimes
}

/** Kinds a release is made of; pods come when they come. */
const NEEDED = ['ingressclasses', 'ingresses', 'services', 'endpointslices', 'deployments']
/** What a weight and rules are read from: without it nothing on the page is known to be true. */
const VITAL = ['ingresses']
const [PROBE_MS, PROBE_LIMIT_MS, IDLE_MS] = [2_000, 1_500, 90_000]

/** The reading side of one cluster: the cache, what follows from it, and whether it is still true. */
export class Reading {
  readonly cache: Cache
  readonly edits = new Edits()
  readonly derived: Derived
  readonly halfStarts: HalfStarts
  readonly liveness: Liveness
  #options: ClusterOptions
  #version = ''
  #isAskingVersion = false
  #published = ''
  #stopping = new AbortController()
  #filled: Promise<void> = Promise.resolve()

  constructor(options: ClusterOptions) {
    this.#options = options
    // Each kind in each namespace waits on it.
    setMaxListeners(0, this.#stopping.signal)
    const { name, connection, times = {}, publish, onRelease, report } = options
    this.liveness = new Liveness({
      probe: () => this.#isThere(connection),
      probeMs: times.probeMs ?? PROBE_MS,
      vital: VITAL,
      ...(times.graceMs !== undefined && { graceMs: times.graceMs }),
      ...(times.spacingMs !== undefined && { spacingMs: times.spacingMs }),
      changed: () => this.#changed(),
    })
    this.cache = createCache({
      ingress: change => {
        this.edits.note(change)
        this.derived.touchRouting()
        this.halfStarts.touch((change.after ?? change.before)?.namespace ?? '')
      },
      ingressClass: () => this.derived.touchRouting(),
      workload: namespace => {
        this.derived.touchNamespace(namespace)
        this.halfStarts.touch(namespace)
      },
    })
    this.halfStarts = new HalfStarts({
      cluster: name,
      cache: this.cache,
      isReadable: () => this.isRead,
      isAtWork: options.isAtWork ?? (() => false),
      publish,
    })
    this.derived = new Derived({
      cluster: name,
      cache: this.cache,
      isReadable: () => this.isRead,
      arePodsRead: () => this.liveness.isSettled('pods'),
      areClassesReadable: () => this.liveness.isReadable('ingressclasses'),
      unreadable: () => this.unreadable,
      publish,
      onRelease,
      report,
    })
  }

  /** Has everything a release is made of been read once, as far as it may be? */
  get isRead(): boolean {
    return NEEDED.every(kind => this.liveness.isSettled(kind))
  }

  /** Kinds that cannot be read now, as in `state()`. */
  get unreadable(): readonly string[] {
    return this.liveness.state().unreadable.map(each => each.kind)
  }

  state(): ClusterState {
    const { name, context, connection, gateway, readOnly } = this.#options
    const server = connection.server
    return {
      cluster: name,
      context,
      server,
      version: this.#version,
      ...this.liveness.state(),
      gateway,
      readOnly,
    }
  }

  start(): void {
    const { connection, namespaces, times = {}, report } = this.#options
    this.#filled = keepFilled({
      cache: this.cache,
      connection,
      liveness: this.liveness,
      namespaces,
      idleMs: times.idleMs ?? IDLE_MS,
      ...(times.forbiddenMs !== undefined && { forbiddenMs: times.forbiddenMs }),
      signal: this.#stopping.signal,
      report,
    })
    this.#changed()
    this.liveness.start()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    this.liveness.stop()
    this.derived.stop()
    this.halfStarts.stop()
    await this.#options.connection.close()
    await this.#filled
  }

  #changed(): void {
    this.derived.wake()
    this.halfStarts.wake()
    const value = this.state()
    const text = JSON.stringify(value)
    if (text === this.#published) return
    this.#published = text
    this.#options.publish({ key: `cluster/${value.cluster}`, value })
    if (value.state === 'live' && this.#version === '') void this.#readVersion()
  }

  async #isThere(connection: Connection): Promise<boolean> {
    const { signal } = this.#stopping
    const answer = await connection.request('GET', '/readyz', { timeoutMs: PROBE_LIMIT_MS, signal })
    return answer.ok || (answer.status > 0 && answer.status < 500)
  }

  async #readVersion(): Promise<void> {
    if (this.#isAskingVersion) return
    this.#isAskingVersion = true
    const { signal } = this.#stopping
    const answer = await this.#options.connection.request('GET', '/version', { signal })
    this.#isAskingVersion = false
    if (!answer.ok) return
    this.#version = textOf(fieldsOf(jsonOf(answer.value.text)).gitVersion) || 'unknown'
    this.#changed()
  }
}
