import 'server-only'
import { setTimeout as wait } from 'node:timers/promises'
import { parseIngress } from '@/lib/domain/ingress'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { StepName } from '@/lib/domain/model/operation'
import type { ReleaseId } from '@/lib/domain/model/release'
import { leadsTo } from '@/lib/domain/operation/half-started'
import { isSteered } from '@/lib/domain/operation/ours'
import { type StepEnd, stepsOf } from '@/lib/domain/operation/steps'
import { type Failure, fail } from '@/lib/domain/problem'
import { fieldsOf, textOf } from '@/lib/domain/raw'
import { ourLabels, releaseMarkOf } from '@/lib/domain/start/mark'
import { deleteOnce } from '@/lib/server/operation/delete'
import { type Far, guardOf, listed, lookUp, type PlaceName } from '@/lib/server/operation/far'
import type { Beginning, StepContext, Task } from '@/lib/server/operation/operations'
import { failed, farOf, type Setting, watchOf } from '@/lib/server/operation/setting'
import { waitFor } from '@/lib/server/operation/waiting'

/** How often a deletion may lose to somebody else's write before it gives up. */
const DECISIONS = 5

/**
 * Takes away what a start has made, and nothing else: first what sends requests, then what would answer them.
 * Errors: `not-parked` for a canary that gets requests; what the cluster said.
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
  return { kind: 'remove', id, tasks }
}

/** Refuses to take away what requests are sent to. Errors: `not-parked`. */
export function notParked(canary: Ingress): Failure | null {
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
    const gone = await deleteOnce(far, named, guardOf(found.value))
    if (gone.ok) break
    if (gone.status !== 409 || decided === DECISIONS - 1) return failed(gone)
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
  const names = found.value.map(raw => textOf(fieldsOf(fieldsOf(raw).metadata).name))
  for (const [index, name] of names.entries()) {
    const user = kind === 'Service' ? userOf(setting, id.namespace, name) : null
    if (user) return failed(user)
    const { uid } = guardOf(found.value[index])
    const gone = await deleteOnce(far, { kind, namespace: id.namespace, name }, { uid })
    if (!gone.ok && gone.status !== 409) return failed(gone)
  }
  await waitFor(
    () => (isSeen(setting, { id, kind }) ? null : true),
    watchOf(setting, context, setting.times.endpointsMs),
  )
  return names.length > 0
    ? { type: 'done', params: { name: names.join(', ') } }
    : { type: 'skipped', why: 'absent' }
}

/** What a start of this release has made of a kind. */
export const madeFor = (far: Far, { id, kind }: { id: ReleaseId; kind: PlaceName }) => {
  const selector = Object.entries(ourLabels(id.name)).map(([key, value]) => `${key}=${value}`)
  const query = `labelSelector=${encodeURIComponent(selector.join(','))}`
  return listed(far, { kind, namespace: id.namespace, query })
}

/** An Ingress that somebody made for our Service: requests may come by it. */
function userOf({ cluster }: Setting, namespace: string, service: string): Failure | null {
  const user = cluster.ingresses().find(each => each.namespace === namespace && leadsTo(each, service))
  if (!user) return null
  const title = `The Ingress ${user.name} leads to the Service ${service}: take it away first`
  return fail('not-parked', title, { params: { name: user.name } })
}

const isSeen = ({ cluster }: Setting, { id, kind }: Made): boolean =>
  cluster
    .halfStarted(id.namespace)
    .some(each => each.id.name === id.name && each.objects.some(object => object.kind === kind))
