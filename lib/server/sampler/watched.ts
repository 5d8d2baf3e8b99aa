import 'server-only'
import type { Observed } from '@/lib/domain/model/release'
import type { Samples } from '@/lib/domain/model/samples'
import type { ReleaseRun } from '@/lib/server/sampler/release-run'

/** Units: milliseconds. */
const GRACE_MS = 300_000
const OBSERVE_MS = 5000

/** A release that is watched, or was: it is probed while somebody looks, and for a while after. */
export class Watched {
  readonly run: ReleaseRun
  readonly #graceMs: number
  readonly #observed: (observed: Observed) => void
  #grace: NodeJS.Timeout | undefined
  #last = { text: '', atMs: Number.NEGATIVE_INFINITY }

  constructor(
    run: ReleaseRun,
    {
      graceMs = GRACE_MS,
      observed,
    }: { graceMs?: number | undefined; observed: (observed: Observed) => void },
  ) {
    this.run = run
    this.#graceMs = graceMs
    this.#observed = observed
  }

  /** Probes while somebody looks; once nobody does, until the grace is over. */
  keepOn(isLookedAt: boolean): void {
    clearTimeout(this.#grace)
    if (isLookedAt) this.run.start()
    else this.#grace = setTimeout(() => void this.run.pause(), this.#graceMs)
  }

  /** The present picture. The board hears of a new verdict at once, of a share that moved now and then. */
  picture(nowMs: number): Samples {
    const samples = this.run.snapshot()
    const everyone = samples.lanes.find(({ lane }) => lane === 'everyone')
    if (!everyone || everyone.sent === 0 || samples.state !== 'sampling') return samples
    const { verdict, why, share, missing } = everyone
    const text = `${verdict} ${why}`
    if (text === this.#last.text && nowMs - this.#last.atMs < OBSERVE_MS) return samples
    this.#last = { text, atMs: nowMs }
    this.#observed({ verdict, share, missing, at: new Date(nowMs).toISOString(), ...(why && { why }) })
    return samples
  }

  async stop(): Promise<void> {
    clearTimeout(this.#grace)
    await this.run.pause()
  }
}
