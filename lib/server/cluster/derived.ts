import 'server-only'
import type { Frame } from '@/lib/contract'
import type { BoardRelease, Observed, Release, ReleaseId, Route, Version } from '@/lib/domain/model/release'
import { releaseOf } from '@/lib/domain/release'
import type { Cache } from '@/lib/server/cluster/cache'
import { type Canary, RoutingReader, type Routings } from '@/lib/server/cluster/routings'
import { workloadsOf } from '@/lib/server/cluster/workloads'
import { keyOf } from '@/lib/server/kubernetes/store'
import { matches } from '@/lib/server/pattern'

export type DerivedOptions = {
  cluster: string
  cache: Cache
  /** Has everything a release is made of been read once? Until then nothing is derived: half a world looks broken. */
  isReadable: () => boolean
  /** Have pods been read once? Until then none are listed, which is not the same as an empty list. */
  arePodsRead: () => boolean
  /** May IngressClasses be read? */
  areClassesReadable: () => boolean
  /** Kinds that cannot be read now: nothing is found wrong with what is not known. */
  unreadable: () => readonly string[]
  publish: (frame: Frame) => void
  onRelease: (id: ReleaseId) => void
  report: (bug: unknown) => void
}

type Held = { canary: Canary; release: Release; namespaces: ReadonlySet<string> }

const POD_LIMIT = 100
const QUIET_MS = 5
const HOUR_MS = 3_600_000
const NOTHING: Routings = { byClass: new Map(), canaries: new Map(), routes: new Map() }

/**
 * What follows from the cache: routings, routes and releases. Only what a change can have touched is derived again, and
 * only what then reads differently is published.
 *
 * Limits: changes within 5 ms are taken together; a published release lists at most 100 pods a version.
 */
export class Derived {
  #options: DerivedOptions
  #reader = new RoutingReader()
  #routings = NOTHING
  #releases = new Map<string, Held>()
  #observed = new Map<string, Observed>()
  #published = new Map<string, string>()
  #dirty = { routing: true, namespaces: new Set<string>() }
  #timer: NodeJS.Timeout | undefined
  #lastMs = 0
  #hasPods = false
  #unreadable = ''
  #hour = 0
  #isStopped = false

  constructor(options: DerivedOptions) {
    this.#options = options
  }

  /** Ingresses or their classes have changed. */
  touchRouting(): void {
    this.#dirty.routing = true
    this.#schedule()
  }

  /** Workloads of a namespace have changed. */
  touchNamespace(namespace: string): void {
    this.#dirty.namespaces.add(namespace)
    this.#schedule()
  }

  /** What may be read has changed. */
  wake(): void {
    this.#schedule()
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
  }

  releases(): Release[] {
    this.refresh()
    return [...this.#releases.values()].map(held => withoutPods(held.release))
  }

  /** As the board shows them. */
  boardReleases(): BoardRelease[] {
    this.refresh()
    return [...this.#releases].map(([key, { release }]) => this.#boardRelease(key, release))
  }

  routes(): Route[] {
    this.refresh()
    return [...this.#routings.routes.values()].flat()
  }

  routings(): Routings {
    this.refresh()
    return this.#routings
  }

  /** One release with all its pods. */
  release(key: string): { release: Release; canary: Canary } | null {
    this.refresh()
    const held = this.#releases.get(key)
    if (!held) return null
    const { cluster, cache } = this.#options
    const facts = {
      cluster,
      routing: held.canary.routing,
      workloads: workloadsOf(cache),
      ...this.#abilities(),
    }
    return { release: releaseOf(held.canary.ingress, facts), canary: held.canary }
  }

  /** What the sampler last saw; it lives as long as the release. */
  observe(key: string, observed: Observed): void {
    const held = this.#releases.get(key)
    if (!held) return
    this.#observed.set(key, observed)
    this.#publishBoard(key, held.release)
  }

  /** Brings everything up to date now. */
  refresh(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#isStopped || !this.#options.isReadable()) return
    const { routing, namespaces } = this.#dirty
    if (this.#isOtherwise()) {
      for (const { namespaces: own } of this.#releases.values()) for (const each of own) namespaces.add(each)
    }
    if (!routing && namespaces.size === 0) return
    this.#dirty = { routing: false, namespaces: new Set() }
    this.#lastMs = performance.now()
    if (routing) this.#readRouting()
    this.#readReleases(namespaces)
  }

  /** Has something changed that every release is derived by: pods have come, a kind cannot be read, an hour has passed. */
  #isOtherwise(): boolean {
    const before = `${this.#hasPods} ${this.#unreadable} ${this.#hour}`
    this.#hasPods ||= this.#options.arePodsRead()
    this.#unreadable = this.#options.unreadable().join()
    this.#hour = Math.floor(Date.now() / HOUR_MS)
    return before !== `${this.#hasPods} ${this.#unreadable} ${this.#hour}`
  }

  #abilities() {
    return { matches, unreadable: this.#options.unreadable(), nowMs: this.#hour * HOUR_MS }
  }

  #schedule(): void {
    if (this.#timer || this.#isStopped) return
    const waitMs = Math.max(0, this.#lastMs + QUIET_MS - performance.now())
    this.#timer = setTimeout(() => {
      try {
        this.refresh()
      } catch (bug) {
        this.#options.report(bug)
      }
    }, waitMs)
  }

  #readRouting(): void {
    const { cache, areClassesReadable, cluster } = this.#options
    const classes = areClassesReadable() ? cache.ingressClasses.all() : null
    const before = this.#routings
    this.#routings = this.#reader.read(cache.ingresses.all(), classes)
    for (const [key, routes] of this.#routings.routes) {
      this.#publish({ key: `routes/${cluster}/${key}`, value: routes })
    }
    for (const key of before.routes.keys()) {
      if (!this.#routings.routes.has(key)) this.#publish({ key: `routes/${cluster}/${key}`, value: null })
    }
  }

  #readReleases(dirty: ReadonlySet<string>): void {
    const { canaries } = this.#routings
    for (const key of [...this.#releases.keys()]) if (!canaries.has(key)) this.#drop(key)
    const workloads = workloadsOf(this.#options.cache)
    const abilities = this.#abilities()
    for (const [key, canary] of canaries) {
      const held = this.#releases.get(key)
      if (held && held.canary.signature === canary.signature && !meets(held.namespaces, dirty)) {
        // The routing is another object after each change; the next full read must see the present one.
        this.#releases.set(key, { ...held, canary })
        continue
      }
      const { cluster } = this.#options
      const facts = {
        cluster,
        routing: canary.routing,
        workloads,
        podLimit: this.#hasPods ? POD_LIMIT : 0,
        ...abilities,
      }
      const release = releaseOf(canary.ingress, facts)
      this.#releases.set(key, { canary, release, namespaces: namespacesOf(release) })
      this.#publishBoard(key, release)
      this.#publish({ key: `release/${cluster}/${key}`, value: release })
      this.#options.onRelease(release.id)
    }
  }

  #drop(key: string): void {
    const held = this.#releases.get(key)
    this.#releases.delete(key)
    this.#observed.delete(key)
    this.#publish({ key: `board/${this.#options.cluster}/${key}`, value: null })
    this.#publish({ key: `release/${this.#options.cluster}/${key}`, value: null })
    if (held) this.#options.onRelease(held.release.id)
  }

  #publishBoard(key: string, release: Release): void {
    this.#publish({
      key: `board/${this.#options.cluster}/${key}`,
      value: this.#boardRelease(key, release),
    })
  }

  #boardRelease(key: string, release: Release): BoardRelease {
    return { ...withoutPods(release), observed: this.#observed.get(key) ?? null }
  }

  #publish(frame: Frame): void {
    const text = JSON.stringify(frame.value)
    if (this.#published.get(frame.key) === text) return
    if (frame.value === null) this.#published.delete(frame.key)
    else this.#published.set(frame.key, text)
    this.#options.publish(frame)
  }
}

/** Key of a release within its cluster. */
export const releaseKey = (id: Pick<ReleaseId, 'namespace' | 'name'>): string => keyOf(id)

function withoutPods(release: Release): Release {
  return { ...release, stable: bare(release.stable), canary: bare(release.canary) }
}

function bare({ service, port, deployments, endpoints }: Version): Version {
  return { service, port, deployments, endpoints }
}

function namespacesOf({ id, routes }: Release): ReadonlySet<string> {
  return new Set([id.namespace, ...routes.map(route => route.namespace)])
}

function meets(these: ReadonlySet<string>, those: ReadonlySet<string>): boolean {
  for (const each of those) if (these.has(each)) return true
  return false
}
