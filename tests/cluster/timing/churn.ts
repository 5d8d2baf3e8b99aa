import { setTimeout as pause } from 'node:timers/promises'
import type { Ground } from '@/tests/cluster/controller/ground'

const EVERY_MS = 150

/** Keeps the controller syncing as often as it may: another release's weight changes all the time. The answer ends it. */
export function churn(on: Ground): () => Promise<void> {
  const stopping = new AbortController()
  const run = async () => {
    for (let weight = 1; !stopping.signal.aborted; weight = (weight % 90) + 1) {
      await on.annotate('bystander-canary', { 'canary-weight': String(weight) })
      await pause(EVERY_MS)
    }
  }
  const running = run()
  return async () => {
    stopping.abort()
    await running
  }
}
