import 'server-only'
import { setTimeout as wait } from 'node:timers/promises'
import { parseIngress } from '@/lib/domain/ingress'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { StepName } from '@/lib/domain/model/operation'
import type { ReleaseId } from '@/lib/domain/model/release'
import { isOrdinary, isSteered } from '@/lib/domain/operation/ours'
import { type StepEnd, stepsOf } from '@/lib/domain/operation/steps'
import { type Failure, fail } from '@/lib/domain/problem'
import { fieldsOf, textOf } from '@/lib/domain/raw'
import { ourLabels, releaseMarkOf } from '@/lib/domain/start/mark'
import { deleteOnce } from '@/lib/server/operation/delete'
import { type Far, guardOf, listed, lookUp, type Named } from '@/lib/server/operation/far'
import { failed, farOf, type Setting, watchOf } from '@/lib/server/operation/setting'
import type { Beginning, StepContext, Task } from '@/lib/server/operation/task'
import { userOf } from '@/lib/server/operation/user'
import { waitFor } from '@/lib/server/operation/waiting'
import type { PlaceName } from '@/lib/server/start/create'

/** How often a deletion may lose to somebody else's write before it gives up. */
const DECISIONS = 5

/**
 * Takes away what a start has made, and nothing else: first what sends requests, then what would answer them. Work under way on the
 * release is stopped before.
 * Errors: `not-parked` for a canary that gets requests, `not-a-canary` for one that is none; what the cluster said.
 */
export function removalOf(setting: Setting, id: ReleaseId): Beginning {
  const acts: Partial<Record<StepName, Task['act']>> = {
    'ingress-gone': context => removeIngress(setting, id, context),
    'service-gone': context => removeMade(setting, { id, kind: 'Service' }, context),
    'deployment-gone': context => removeMade(setting, { id, kind: 'Deployment' }, context),
  }
  const tasks = stepsOf('remove').flatMap((step): Task[] => {
    const act = acts[step]
    return act ? [{ step, act }] : []
  })
  return { kind: 'remove', id, tasks, stops: ['start', 'image'] }
}

/** Refuses to take away what requests are sent to. Errors: `not-parked`; `not-a-canary` where it may serve everybody by now. */
export function notParked(canary: Ingress): Failure | null {
  if (isOrdinary(canary)) {
    const title = `The Ingress ${canary.name} is no canary any more and may serve everybody; nothing was taken away`
    return fail('not-a-canary', title, { params: { name: canary.name } })
  }
  if (!isSteered(canary)) return null
  const title = `The canary Ingress ${canary.name} sends requests to the canary: roll back first; nothing was taken away`
  return fail('not-parked', title, { params: { name: canary.name } })
}

async function removeIngress(setting: Setting, id: ReleaseId, context: StepContext): Promise<StepEnd> {
  const far = farOf(setting, context)
  const named = { kind: 'Ingress', namespace: id.namespace, name: id.name } as const
  let isThere = false
  for (let decided = 0; decided < DECISIONS; decided += 1) {
    const found = await lookUp(far, named)
    if (!found.ok) return failed(found)
    if (releaseMarkOf(found.value) !== id.name) break
    isThere = true
    const refused = notParked(parseIngress(found.value))
    if (refused) return failed(refused)
    const guard = guardOf(found.value)
    const sent = await deleteOnce(far, named, guard)
    if (sent.ok) {
      const stays = await untilGone(setting, { ...named, uid: guard.uid }, context)
      if (stays) return stays
      break
    }
    if (sent.status !== 409 || decided === DECISIONS - 1) return failed(sent)
  }
  // Also where it was gone before: by whom and when is not known, and the gateway may still go by it.
  await wait(setting.dueMs, undefined, { signal: context.signal })
  return isThere ? { type: 'done', params: { name: id.name } } : { type: 'skipped', why: 'absent' }
}

type Made = { id: ReleaseId; kind: Extract<PlaceName, 'Service' | 'Deployment'> }

async function removeMade(setting: Setting, { id, kind }: Made, context: StepContext): Promise<StepEnd> {
  const far = farOf(setting, context)
  const found = await madeFor(far, { id, kind })
  if (!found.ok) return failed(found)
  const names: string[] = []
  for (const raw of found.value) {
    const name = textOf(fieldsOf(fieldsOf(raw).metadata).name)
    const named = { kind, namespace: id.namespace, name, uid: guardOf(raw).uid }
    const user = await userOf(setting, far, { id, kind, raw })
    if (user) return failed(user)
    const sent = await deleteOnce(far, named, { uid: named.uid })
    if (!sent.ok && sent.status !== 409) return failed(sent)
    const stays = await untilGone(setting, named, context)
    if (stays) return stays
    names.push(name)
  }
  return names.length > 0
    ? { type: 'done', params: { name: names.join(', ') } }
    : { type: 'skipped', why: 'absent' }
}

/** What was deleted may stay for as long as somebody holds it; what comes after must not come before it is gone. */
async function untilGone(setting: Setting, object: Named & { uid: string }, context: StepContext) {
  const { kind, name } = object
  const isGone = () => (uidOf(setting, object) === object.uid ? null : true)
  const gone = await waitFor(isGone, watchOf(setting, context, setting.times.endpointsMs))
  if (gone) return null
  const title = `The cluster has accepted the deletion of ${kind} ${name}, but something holds it back`
  return failed(fail('cluster-refuses', title, { params: { kind, name } }))
}

/** Identity of what the watch shows under a name. */
function uidOf({ cluster }: Setting, { kind, namespace, name }: Named): string | undefined {
  if (kind === 'Ingress') return cluster.ingress(namespace, name)?.uid
  const workloads = cluster.workloads()
  if (kind === 'Service') return workloads.service(namespace, name)?.uid
  return workloads.deployments(namespace).find(each => each.name === name)?.uid
}

/** What a start of this release has made of a kind. */
export const madeFor = (far: Far, { id, kind }: { id: ReleaseId; kind: PlaceName }) => {
  const selector = Object.entries(ourLabels(id.name)).map(([key, value]) => `${key}=${value}`)
  const query = `labelSelector=${encodeURIComponent(selector.join(','))}`
  return listed(far, { kind, namespace: id.namespace, query })
}
