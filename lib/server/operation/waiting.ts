import 'server-only'
import { setTimeout as wait } from 'node:timers/promises'

type Waiting = {
  /** Does the watch show what is true now? */
  isLive(): boolean
  limitMs: number
  lookMs: number
  signal: AbortSignal
}

/** A process that was stopped for a while has not looked meanwhile. Units: milliseconds. */
const LONGEST_LOOK_MS = 1_000

/**
 * Looks again and again at what the watch has shown, until `look` sees something; null once the limit is over.
 *
 * Units: `look` is given milliseconds, counted only while the watch is live: what may be long past is not judged.
 * Errors: rejects when the process ends.
 */
export async function waitFor<T>(
  look: (liveMs: number) => T | null,
  { isLive, limitMs, lookMs, signal }: Waiting,
): Promise<T | null> {
  let liveMs = 0
  let lookedMs = performance.now()
  for (;;) {
    signal.throwIfAborted()
    const nowMs = performance.now()
    if (isLive()) {
      liveMs += Math.min(nowMs - lookedMs, LONGEST_LOOK_MS)
      const seen = look(liveMs)
      if (seen !== null) return seen
      if (liveMs >= limitMs) return null
    }
    lookedMs = nowMs
    await wait(lookMs, undefined, { signal })
  }
}
