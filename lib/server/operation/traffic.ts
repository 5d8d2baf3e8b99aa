import 'server-only'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { ReleaseId } from '@/lib/domain/model/release'
import type { StartPlan } from '@/lib/domain/model/start'
import { type AnnotationPatch, type Annotations, annotationPatch } from '@/lib/domain/patch'
import { ok, type Result } from '@/lib/domain/problem'
import { rulesPatch } from '@/lib/domain/rules'
import { sessionCookieNameOf } from '@/lib/domain/session-cookie'
import { weightPatch } from '@/lib/domain/weight'
import { editOnce } from '@/lib/server/operation/edit-once'
import { failed, farOf, type Setting } from '@/lib/server/operation/setting'
import type { Task } from '@/lib/server/operation/task'
import type { SamplingFacts } from '@/lib/server/sampler/facts'

/** What the steps before have found out. `version` is that of the Ingress as it was made: nobody may have changed it since. */
export type Proof = { isProven: boolean; version: string }

/** The rules and the weight of a plan in one write. Errors: those of `rulesPatch` and `weightPatch`. */
function planPatch({ rules, weight }: StartPlan, facts: SamplingFacts): Result<AnnotationPatch> {
  const { release, canary, ordinary, matches } = facts
  const abilities = { sessionCookieName: sessionCookieNameOf(ordinary), matches }
  const ruled = rulesPatch(release, canary, rules ?? { header: null, cookie: null }, abilities)
  if (!ruled.ok) return ruled
  const weighed = weightPatch(release, { weight })
  if (!weighed.ok) return weighed
  return ok(annotationPatch({ ...ruled.value.metadata.annotations, ...weighed.value.metadata.annotations }))
}

/** Gives the canary the rules and weight that were chosen. Errors: `stale-edit` once somebody else has changed it. */
export function trafficTask(
  setting: Setting,
  { id, plan, proof }: { id: ReleaseId; plan: StartPlan; proof: Proof },
): Task {
  return {
    step: 'traffic',
    async act(context) {
      if (!proof.isProven) return { type: 'skipped', why: 'not-proven' }
      let wanted: Annotations = {}
      const written = await editOnce(farOf(setting, context), {
        cluster: setting.cluster,
        id,
        resourceVersion: proof.version,
        decide: facts => {
          const patch = planPatch(plan, facts)
          if (patch.ok) wanted = patch.value.metadata.annotations
          return patch
        },
        isWritten: canary => carries(canary, wanted),
      })
      return written.ok ? { type: 'done', params: { weight: plan.weight } } : failed(written)
    },
  }
}

function carries({ annotations }: Pick<Ingress, 'annotations'>, wanted: Annotations): boolean {
  const texts = Object.entries(wanted)
  return texts.length > 0 && texts.every(([key, text]) => (annotations[key] ?? null) === text)
}
