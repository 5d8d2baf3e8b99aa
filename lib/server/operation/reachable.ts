import 'server-only'
import { setTimeout as wait } from 'node:timers/promises'
import type { ReleaseId } from '@/lib/domain/model/release'
import { reachedOf } from '@/lib/domain/operation/reach'
import type { StepEnd } from '@/lib/domain/operation/steps'
import { fail } from '@/lib/domain/problem'
import { deleted, failed, type Setting, watchOf } from '@/lib/server/operation/setting'
import type { StepContext, Task } from '@/lib/server/operation/task'
import { waitFor } from '@/lib/server/operation/waiting'

type Hearing = { proven?: () => void; afterMs?: number }

/**
 * Waits until an answer of the parked canary has come through the gateway; `proven` hears of it. Only what is asked after `afterMs`
 * counts: until then pods that are gone may still answer.
 * Errors: `not-reachable` some time after *due*; `not-found`. Limits: where nothing can be told it is skipped, with the reason.
 */
export function reachableTask(
  setting: Setting,
  id: ReleaseId,
  { proven = () => undefined, afterMs = 0 }: Hearing = {},
): Task {
  return {
    step: 'reachable',
    async act(context) {
      const unwatch = setting.samplers.watch(id)
      try {
        await wait(afterMs, undefined, { signal: context.signal })
        setting.samplers.doubt(id)
        const end = await watchReach(setting, id, context)
        if (end.type === 'done') proven()
        return end
      } finally {
        unwatch()
      }
    },
  }
}

async function watchReach(setting: Setting, id: ReleaseId, context: StepContext): Promise<StepEnd> {
  const { cluster, samplers, times } = setting
  const limitMs = setting.dueMs + times.reachableMs
  let [seenMs, toldMs] = [0, 0]
  const told: { blind: StepEnd | null } = { blind: null }
  const end = await waitFor<StepEnd>(
    liveMs => {
      const found = cluster.get(id)
      if (!found.ok) return liveMs - seenMs > times.goneMs ? deleted('Ingress', id) : null
      seenMs = liveMs
      const samples = samplers.read(id)
      context.note({ due: samples?.due ?? null })
      const reached = reachedOf({ release: found.value, samples })
      if (reached.is === 'proven') return { type: 'done', params: { at: reached.at } }
      if (reached.is === 'not-provable') return { type: 'skipped', why: reached.why }
      const isBlind = reached.is === 'blind'
      told.blind = isBlind ? { type: 'skipped', why: reached.why ?? 'unknown-answers' } : null
      if (!isBlind || reached.why === null || liveMs < setting.dueMs) toldMs = liveMs
      return liveMs - toldMs >= times.blindMs ? told.blind : null
    },
    watchOf(setting, context, limitMs),
  )
  const title = `The canary Ingress ${id.name} stands, but no answer of the canary came through the gateway`
  return end ?? told.blind ?? failed(fail('not-reachable', title, { params: { name: id.name } }))
}
