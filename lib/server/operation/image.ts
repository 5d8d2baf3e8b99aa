import 'server-only'
import type { ReleaseId } from '@/lib/domain/model/release'
import { type ImagePlace, imagePatch } from '@/lib/domain/operation/image'
import { isSteered } from '@/lib/domain/operation/ours'
import { podsOf } from '@/lib/domain/operation/pods'
import type { StepEnd } from '@/lib/domain/operation/steps'
import { type Failure, fail } from '@/lib/domain/problem'
import { parseDeployment } from '@/lib/domain/workload'
import type { Outcome } from '@/lib/server/kubernetes/refusal'
import { addressOf, type Far, lookUp, patiently } from '@/lib/server/operation/far'
import { parkedTask } from '@/lib/server/operation/parked'
import { podsTask } from '@/lib/server/operation/pods'
import { reachableTask } from '@/lib/server/operation/reachable'
import { deleted, failed, farOf, type Setting } from '@/lib/server/operation/setting'
import type { Beginning, Task } from '@/lib/server/operation/task'

/** A build that is to go into a release. `present` is the image there now; `resourceVersion` is what the person saw. */
export type Build = ImagePlace & { image: string; present: string; resourceVersion: string }

/** How often a write may lose to a status update before it gives up. */
const DECISIONS = 5

/** Puts a fixed build into a release, which is parked first and stays so. */
export function imageChangeOf(setting: Setting, id: ReleaseId, build: Build): Beginning {
  const { deployment: name, container, image, resourceVersion } = build
  const { namespace } = id
  let before: ReadonlySet<string> = new Set()
  const imageTask: Task = {
    step: 'image',
    params: { image, name },
    async act(context) {
      const canary = setting.cluster.ingress(namespace, id.name)
      if (canary && isSteered(canary)) return steered(id)
      before = build.present === image ? before : podsNow(setting, namespace, name)
      const written = await writeImage(farOf(setting, context), namespace, build)
      if (written === null) return deleted('Deployment', { namespace, name })
      return written.ok ? { type: 'done' } : failed(written)
    },
  }
  const pods = podsTask(setting, {
    namespace,
    name,
    isWritten: ({ containers }) => containers.some(each => each.name === container && each.image === image),
    before: () => before,
  })
  const reachable = reachableTask(setting, id, { afterMs: setting.dueMs })
  const tasks = [parkedTask(setting, id, resourceVersion), imageTask, pods, reachable]
  return { kind: 'image', id, tasks }
}

function steered({ name }: ReleaseId): StepEnd {
  const title = `Somebody sends requests to ${name} again; the image was not changed`
  return failed(fail('not-parked', title, { params: { name } }))
}

function podsNow({ cluster }: Setting, namespace: string, name: string): ReadonlySet<string> {
  const workloads = cluster.workloads()
  const deployment = workloads.deployments(namespace).find(each => each.name === name)
  const pods = deployment ? podsOf(deployment, workloads.pods(namespace), new Set()) : []
  return new Set(pods.map(pod => pod.name))
}

/** Null where the Deployment is gone. Errors: `stale-edit` once somebody else has put another image there. */
async function writeImage(
  far: Far,
  namespace: string,
  build: Build,
): Promise<Outcome<unknown> | Failure | null> {
  const named = { kind: 'Deployment', namespace, name: build.deployment } as const
  for (let decided = 1; ; decided += 1) {
    const found = await lookUp(far, named)
    if (!found.ok) return found
    if (found.value === null) return null
    const held = imageIn(found.value, build.container)
    if (held === build.image) return found
    if (held !== build.present) {
      const title = `Somebody else has put ${held} into ${build.deployment} meanwhile; nothing was written`
      return fail('stale-edit', title, { params: { image: held } })
    }
    const patch = imagePatch(found.value, build.container, build.image)
    if (!patch.ok) return patch
    const answer = await patiently(
      far,
      () =>
        far.connection.request('PATCH', `${addressOf(named)}?fieldManager=halftone`, {
          body: patch.value,
          contentType: 'application/strategic-merge-patch+json',
          timeoutMs: far.askMs,
        }),
      () => alreadyThere(far, named, build),
    )
    if (answer.ok || answer.status !== 409 || decided === DECISIONS) return answer
  }
}

/** A write without an answer may have been done. */
async function alreadyThere(
  far: Far,
  named: Parameters<typeof lookUp>[1],
  { container, image }: Build,
): Promise<Outcome<{ status: number; text: string }> | null> {
  const found = await lookUp(far, named)
  if (!found.ok) return found
  return imageIn(found.value, container) === image ? { ok: true, value: { status: 200, text: '' } } : null
}

const imageIn = (raw: unknown, container: string): string =>
  parseDeployment(raw).containers.find(each => each.name === container)?.image ?? ''
