import 'server-only'
import type { StepName } from '@/lib/domain/model/operation'
import type { ReleaseId } from '@/lib/domain/model/release'
import type { Manifest, StartDraft } from '@/lib/domain/model/start'
import type { StepEnd } from '@/lib/domain/operation/steps'
import { fail } from '@/lib/domain/problem'
import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'
import { createOnce } from '@/lib/server/operation/create'
import { guardOf, lookUp } from '@/lib/server/operation/far'
import { deleted, failed, farOf, type Setting, watchOf } from '@/lib/server/operation/setting'
import type { StepContext, Task } from '@/lib/server/operation/task'
import type { Proof } from '@/lib/server/operation/traffic'
import { waitFor } from '@/lib/server/operation/waiting'

/** Makes one object of a start. `mayExist`: the start has begun before. Errors: `already-exists`, what the cluster said. */
export function madeTask(
  setting: Setting,
  { step, manifest, mayExist }: { step: StepName; manifest: Manifest; mayExist: boolean },
): Task {
  return {
    step,
    params: { name: manifest.metadata.name },
    async act(context) {
      const made = await createOnce(farOf(setting, context), manifest, { mayExist })
      return made.ok ? { type: 'done' } : failed(made)
    },
  }
}

/**
 * Makes the canary Ingress, parked, in one write; `proof` learns its version.
 * Errors: `not-found` once the ordinary Ingress is gone or made anew; `already-released`; as `madeTask`.
 */
export function ingressTask(
  setting: Setting,
  { id, draft, mayExist, proof }: { id: ReleaseId; draft: StartDraft; mayExist: boolean; proof: Proof },
): Task {
  const manifest = draft.objects[2]
  return {
    step: 'ingress',
    params: { name: id.name },
    async act(context) {
      const obstacle = await obstacleTo(setting, draft, context)
      if (obstacle) return obstacle
      const made = await createOnce(farOf(setting, context), manifest, { mayExist })
      if (!made.ok) return failed(made)
      proof.version = guardOf(made.value).resourceVersion
      const seen = await waitFor(
        () => (setting.cluster.get(id).ok ? true : null),
        watchOf(setting, context, setting.times.endpointsMs),
      )
      return seen ? { type: 'done' } : deleted('Ingress', id)
    },
  }
}

/** The world may have changed while pods were getting ready. */
async function obstacleTo(
  setting: Setting,
  { route, objects, name }: StartDraft,
  context: StepContext,
): Promise<StepEnd | null> {
  const ordinary = { kind: 'Ingress', namespace: route.namespace, name: route.ingress } as const
  const found = await lookUp(farOf(setting, context), ordinary)
  if (!found.ok) return failed(found)
  const [owner] = itemsOf(fieldsOf(objects[2].metadata).ownerReferences)
  if (found.value === null || guardOf(found.value).uid !== textOf(fieldsOf(owner).uid))
    return deleted('Ingress', ordinary)
  const now = setting.cluster.routes().find(each => isSame(each, route))
  const release = now?.release ?? null
  const isOurs = release === name && (now?.releaseNamespace ?? route.namespace) === route.namespace
  if (release === null || isOurs) return null
  const title = `The canary Ingress ${release} acts on this route by now; the controller looks at the oldest only`
  return failed(fail('already-released', title, { params: { release } }))
}

const isSame = (a: StartDraft['route'], b: StartDraft['route']) =>
  a.namespace === b.namespace &&
  a.ingress === b.ingress &&
  a.host === b.host &&
  a.path === b.path &&
  a.pathType === b.pathType
