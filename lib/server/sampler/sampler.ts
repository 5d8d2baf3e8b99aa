import 'server-only'
import type { SendRequest, SentRequest } from '@/lib/contract'
import type { Observed, ReleaseId } from '@/lib/domain/model/release'
import type { Samples } from '@/lib/domain/model/samples'
import { fail, type Result } from '@/lib/domain/problem'
import { Asks } from '@/lib/server/sampler/ask'
import type { SamplerConfig } from '@/lib/server/sampler/config'
import type { SamplingFacts } from '@/lib/server/sampler/facts'
import { ReleaseRun } from '@/lib/server/sampler/release-run'
import { Allowance } from '@/lib/server/sampler/schedule'
import { firstStanding, nextStanding, type Shown, type Standing } from '@/lib/server/sampler/standing'
import { hostOf, type Target } from '@/lib/server/sampler/target'
import { Watched } from '@/lib/server/sampler/watched'

/** What samplers need from outside. Nothing is ever written to a cluster. */
export type SamplerDeps = {
  factsOf(id: ReleaseId): SamplingFacts | null
  publish(id: ReleaseId, samples: Samples | null): void
  observed(id: ReleaseId, observed: Observed): void
  config: SamplerConfig
  now(): number
}

/** All releases' sampling. Only what is watched is probed. */
export type Samplers = {
  /** Begins to watch a release, also one that does not exist yet; the answer ends it. */
  watch(id: ReleaseId): () => void
  /** The present picture; asking counts as watching. Null where there is no such release. */
  read(id: ReleaseId): Samples | null
  /** What was shown of a parked canary's reachability has to be shown again. */
  doubt(id: ReleaseId): void
  /** Sends one request that a person typed; it counts for nothing else. Errors: those of `Asks`. */
  ask(id: ReleaseId, request: SendRequest): Promise<Result<SentRequest>>
  /** The cluster showed this release anew, or that it is gone. */
  changed(id: ReleaseId): void
  stop(): Promise<void>
}

/** Units: milliseconds; releases whose pictures are kept after nobody looks any more. */
const PUBLISH_MS = 500
const KEPT = 100

const keyOf = ({ cluster, namespace, name }: ReleaseId) => `${cluster}/${namespace}/${name}`

/** Starts the sampling of all releases; nothing is sent before somebody watches. */
export const createSamplers = (deps: SamplerDeps): Samplers => new SamplerSet(deps)

class SamplerSet implements Samplers {
  readonly #deps: SamplerDeps
  /** How each release is configured, also of those nobody watches, so that a change is known when somebody does. */
  readonly #standings = new Map<string, Standing>()
  readonly #watched = new Map<string, { id: ReleaseId; each: Watched }>()
  readonly #viewers = new Map<string, number>()
  readonly #allowances = new Map<string, Allowance>()
  readonly #asks: Asks
  readonly #beat: NodeJS.Timeout

  constructor(deps: SamplerDeps) {
    this.#deps = deps
    const { config, now } = deps
    this.#asks = new Asks({ config, now, allowanceOf: target => this.#allowanceOf(target) })
    this.#beat = setInterval(() => this.#publish(), PUBLISH_MS)
  }

  watch(id: ReleaseId): () => void {
    this.#countViewer(id, 1)
    let isOver = false
    return () => {
      if (!isOver) this.#countViewer(id, -1)
      isOver = true
    }
  }

  read(id: ReleaseId): Samples | null {
    const each = this.#find(id)
    each?.run.start()
    each?.keepOn(this.#isLookedAt(id))
    return each?.picture(this.#deps.now()) ?? null
  }

  doubt(id: ReleaseId): void {
    this.#watched.get(keyOf(id))?.each.run.doubt()
  }

  async ask(id: ReleaseId, request: SendRequest): Promise<Result<SentRequest>> {
    const standing = this.#standingOf(id)
    return standing
      ? this.#asks.ask(standing, request)
      : fail('not-found', `There is no release ${id.namespace}/${id.name}`)
  }

  changed(id: ReleaseId): void {
    const known = this.#watched.get(keyOf(id))
    const standing = this.#standingOf(id)
    if (!standing) this.#drop(id)
    else if (known) this.#follow(known, standing)
    else if (this.#isLookedAt(id)) this.#find(id)?.keepOn(true)
  }

  /** A new configuration is published at once: the old one's evidence must not be read as this one's. */
  #follow({ id, each }: { id: ReleaseId; each: Watched }, standing: Standing): void {
    const isAnother = each.run.follow(standing)
    if (isAnother) this.#tell(id, each)
  }

  async stop(): Promise<void> {
    clearInterval(this.#beat)
    const all = [...this.#watched.values()]
    this.#watched.clear()
    await Promise.all([this.#asks.stop(), ...all.map(({ each }) => each.stop())])
  }

  #isLookedAt(id: ReleaseId): boolean {
    return (this.#viewers.get(keyOf(id)) ?? 0) > 0
  }

  #countViewer(id: ReleaseId, more: 1 | -1): void {
    const viewers = (this.#viewers.get(keyOf(id)) ?? 0) + more
    if (viewers > 0) this.#viewers.set(keyOf(id), viewers)
    else this.#viewers.delete(keyOf(id))
    const each = viewers > 0 ? this.#find(id) : this.#watched.get(keyOf(id))?.each
    each?.keepOn(viewers > 0)
    if (each && more > 0) this.#tell(id, each)
  }

  #standingOf(id: ReleaseId): Standing | null {
    const { factsOf, now } = this.#deps
    const facts = factsOf(id)
    if (!facts) return null
    const before = this.#standings.get(keyOf(id))
    const standing = before
      ? nextStanding(before, facts, { nowMs: now(), shown: () => this.#shown(id) })
      : firstStanding(facts, now())
    this.#standings.set(keyOf(id), standing)
    return standing
  }

  #shown(id: ReleaseId): Shown {
    const run = this.#watched.get(keyOf(id))?.each.run
    if (run?.isShown) return 'shown'
    return run?.isProbing ? 'looked-for' : 'not-looked-for'
  }

  #find(id: ReleaseId): Watched | null {
    const known = this.#watched.get(keyOf(id))
    if (known) return known.each
    const standing = this.#standingOf(id)
    if (!standing) return null
    const { config, now, observed } = this.#deps
    const run = new ReleaseRun(standing, { config, now, allowanceOf: target => this.#allowanceOf(target) })
    const each = new Watched(run, { graceMs: config.graceMs, observed: seen => observed(id, seen) })
    this.#forgetOldest()
    this.#watched.set(keyOf(id), { id, each })
    return each
  }

  #allowanceOf(target: Target): Allowance {
    const allowance = this.#allowances.get(hostOf(target)) ?? new Allowance()
    this.#allowances.set(hostOf(target), allowance)
    return allowance
  }

  #forgetOldest(): void {
    const idle = [...this.#watched].filter(([, { each }]) => !each.run.isProbing)
    for (const [key] of idle.slice(0, Math.max(0, idle.length - KEPT))) this.#watched.delete(key)
  }

  #drop(id: ReleaseId): void {
    const known = this.#watched.get(keyOf(id))
    this.#standings.delete(keyOf(id))
    this.#watched.delete(keyOf(id))
    if (!known) return
    this.#deps.publish(id, null)
    void known.each.stop()
  }

  #publish(): void {
    for (const { id, each } of this.#watched.values()) if (each.run.isNew) this.#tell(id, each)
  }

  /** Tells all who watch. A picture that somebody asked for is no news to them: only this one is. */
  #tell(id: ReleaseId, each: Watched): void {
    each.run.isNew = false
    this.#deps.publish(id, each.picture(this.#deps.now()))
  }
}
