import 'server-only'
import { parseIngress } from '@/lib/domain/ingress'
import type { ReleaseId } from '@/lib/domain/model/release'
import type { StartPlan } from '@/lib/domain/model/start'
import { type AnnotationPatch, annotationPatch } from '@/lib/domain/patch'
import { ok, type Result } from '@/lib/domain/problem'
import { rulesPatch } from '@/lib/domain/rules'
import { sessionCookieNameOf } from '@/lib/domain/session-cookie'
import { weightPatch } from '@/lib/domain/weight'
import type { ReleaseFacts } from '@/lib/server/cluster'
import { editRelease } from '@/lib/server/edit'
import type { Outcome } from '@/lib/server/kubernetes/refusal'
import { type Far, lookUp, patiently } from '@/lib/server/operation/far'
import { failed, farOf, type Setting } from '@/lib/server/operation/setting'
import type { Task } from '@/lib/server/operation/task'

/** What the steps before have found out. `version` is that of the Ingress as it was made: nobody may have changed it since. */
export type Proof = { isProven: boolean; version: string }

/** The rules and the weight of a plan in one write. Errors: those of `rulesPatch` and `weightPatch`. */
function planPatch({ rules, weight }: StartPlan, facts: ReleaseFacts): Result<AnnotationPatch> {
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
      const far = farOf(setting, context)
      let wanted: AnnotationPatch = annotationPatch({})
      const decide = (facts: ReleaseFacts) => {
        const patch = planPatch(plan, facts)
        if (patch.ok) wanted = patch.value
        return patch
      }
      const write = async (): Promise<Outcome<unknown>> => {
        const edited = await editRelease({
          cluster: setting.cluster,
          id,
          resourceVersion: proof.version,
          decide,
        })
        const status = edited.ok || edited.problem.code === 'cluster-unreachable' ? 0 : 409
        return edited.ok ? edited : { ...edited, status, retryAfterMs: null }
      }
      const look = () => alreadyWritten(far, id, wanted)
      const written = await patiently(far, write, look)
      // What was sent without an answer may have been done after it was looked for.
      const known = written.ok ? written : ((await look()) ?? written)
      return known.ok ? { type: 'done', params: { weight: plan.weight } } : failed(known)
    },
  }
}

/** A write without an answer may have been done: it is looked up before it is sent again. */
async function alreadyWritten(
  far: Far,
  id: ReleaseId,
  wanted: AnnotationPatch,
): Promise<Outcome<unknown> | null> {
  const found = await lookUp(far, { kind: 'Ingress', ...id })
  if (!found.ok) return found
  const { annotations } = parseIngress(found.value)
  const changes = Object.entries(wanted.metadata.annotations)
  return changes.length > 0 && changes.every(([key, text]) => (annotations[key] ?? null) === text)
    ? found
    : null
}
