import 'server-only'
import { parseIngress } from '@/lib/domain/ingress'
import type { ReleaseId } from '@/lib/domain/model/release'
import { isSteered } from '@/lib/domain/operation/ours'
import type { StepEnd } from '@/lib/domain/operation/steps'
import { rollbackPatch } from '@/lib/domain/rollback'
import { editRelease } from '@/lib/server/edit'
import type { Outcome } from '@/lib/server/kubernetes/refusal'
import { lookUp, patiently } from '@/lib/server/operation/far'
import { failed, farOf, type Setting, watchOf } from '@/lib/server/operation/setting'
import type { StepContext, Task } from '@/lib/server/operation/task'
import { waitFor } from '@/lib/server/operation/waiting'

/**
 * Sends everybody back to stable by one write, and waits until that is in effect or nothing can tell.
 * Errors: `stale-edit` once somebody else has changed the release; what the cluster said.
 */
export function parkedTask(setting: Setting, id: ReleaseId, resourceVersion: string): Task {
  return {
    step: 'parked',
    async act(context) {
      const { cluster } = setting
      const canary = cluster.ingress(id.namespace, id.name)
      const release = cluster.get(id)
      if (!release.ok) return failed(release)
      if (canary && !isSteered(canary) && release.value.affinity !== 'sticky') {
        const stale = cluster.staleEdit(id, resourceVersion)
        return stale ? failed(stale) : { type: 'done', params: { isWritten: false } }
      }
      const far = farOf(setting, context)
      const write = async (): Promise<Outcome<unknown>> => {
        const edited = await editRelease({
          cluster,
          id,
          resourceVersion,
          decide: facts => rollbackPatch(facts.release),
        })
        const status = edited.ok || edited.problem.code === 'cluster-unreachable' ? 0 : 409
        return edited.ok ? edited : { ...edited, status, retryAfterMs: null }
      }
      const look = async (): Promise<Outcome<unknown> | null> => {
        const found = await lookUp(far, { kind: 'Ingress', ...id })
        return found.ok && (found.value === null || isSteered(parseIngress(found.value))) ? null : found
      }
      const written = await patiently(far, write, look)
      return written.ok ? untilInEffect(setting, id, context) : failed(written)
    },
  }
}

/** At least until *due*; then until answers have shown it, as long as they may. */
async function untilInEffect(setting: Setting, id: ReleaseId, context: StepContext): Promise<StepEnd> {
  const { samplers, dueMs, times } = setting
  const unwatch = samplers.watch(id)
  try {
    const inEffect = await waitFor(
      liveMs => {
        const samples = samplers.read(id)
        context.note({ due: samples?.due ?? null })
        if (liveMs < dueMs) return null
        if (samples?.inEffect) return { at: samples.inEffect }
        const isBlind =
          !samples || samples.state === 'off' || samples.lanes.some(({ why }) => why !== undefined)
        return isBlind && liveMs >= dueMs + times.blindMs ? { at: null } : null
      },
      watchOf(setting, context, dueMs + times.reachableMs),
    )
    return { type: 'done', params: { isWritten: true, inEffect: inEffect?.at ?? null } }
  } finally {
    unwatch()
  }
}
