import 'server-only'
import type { Accepted } from '@/lib/contract'
import type { ReleaseId } from '@/lib/domain/model/release'
import { fail, type Result } from '@/lib/domain/problem'
import { isOurCanary } from '@/lib/domain/start/mark'
import type { Operations } from '@/lib/server/operation/operations'
import { notParked, removalOf } from '@/lib/server/operation/remove'
import type { Setting } from '@/lib/server/operation/setting'

/**
 * Begins to take away what a start has made.
 * Errors: `not-parked`; `not-found` where no start has made anything of this name; `operation-running`.
 */
export function removeStart(setting: Setting, operations: Operations, id: ReleaseId): Result<Accepted> {
  const { cluster } = setting
  const unread = cluster.unread()
  if (unread) return unread
  const ingress = cluster.ingress(id.namespace, id.name)
  const canary = ingress && isOurCanary(ingress) ? ingress : null
  const refused = canary && notParked(canary)
  if (refused) return refused
  const isKnown = cluster.halfStarted(id.namespace).some(each => each.id.name === id.name)
  if (!canary && !isKnown && operations.latest(id)?.operation.kind !== 'start') {
    return fail('not-found', `No start has made anything for ${id.namespace}/${id.name}`)
  }
  return operations.begin(removalOf(setting, id))
}
