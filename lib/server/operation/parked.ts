import 'server-only'
import type { ReleaseId } from '@/lib/domain/model/release'
import { isSteered } from '@/lib/domain/operation/ours'
import { parkedOf } from '@/lib/domain/operation/park'
import type { StepEnd } from '@/lib/domain/operation/steps'
import { fail } from '@/lib/domain/problem'
import { rollbackPatch } from '@/lib/domain/rollback'
import { editOnce } from '@/lib/server/operation/edit-once'
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
        return stale ? failed(stale) : untilInEffect(setting, { id, isWritten: false }, context)
      }
      const written = await editOnce(farOf(setting, context), {
        cluster,
        id,
        resourceVersion,
        decide: facts => rollbackPatch(facts.release),
        isWritten: each => !isSteered(each),
      })
      return written.ok ? untilInEffect(setting, { id, isWritten: true }, context) : failed(written)
    },
  }
}

/**
 * At least until *due*; then until answers have shown it, or have said nothing against it for a while: a small weight takes very many.
 * What was parked long ago waits for nothing but answers against it.
 * Errors: `not-parked` where the canary goes on answering: a gateway that does not follow must not be left with pods that change.
 */
async function untilInEffect(
  setting: Setting,
  { id, isWritten }: { id: ReleaseId; isWritten: boolean },
  context: StepContext,
): Promise<StepEnd> {
  const { samplers, dueMs, times } = setting
  const leastMs = isWritten ? dueMs : 0
  let openUntilMs = 0
  const unwatch = samplers.watch(id)
  try {
    const end = await waitFor<StepEnd>(
      liveMs => {
        const samples = samplers.read(id)
        context.note({ due: samples?.due ?? null })
        const parked = parkedOf(samples)
        const isEarly = liveMs < leastMs || Date.now() < Date.parse(samples?.due ?? '')
        if (isEarly) openUntilMs = liveMs + times.blindMs
        if (isEarly || parked.is === 'contradicted') return null
        if (parked.is === 'in-effect') return { type: 'done', params: { isWritten, inEffect: parked.at } }
        return liveMs < openUntilMs ? null : { type: 'done', params: { isWritten, inEffect: null } }
      },
      watchOf(setting, context, dueMs + times.reachableMs),
    )
    const title = `${id.name} is parked, but the canary still answers: the gateway does not follow; the image was not changed`
    return end ?? failed(fail('not-parked', title, { params: { name: id.name } }))
  } finally {
    unwatch()
  }
}
