import 'server-only'
import type { Accepted, SetImage } from '@/lib/contract'
import type { ReleaseId } from '@/lib/domain/model/release'
import { imagePlace } from '@/lib/domain/operation/image'
import type { Result } from '@/lib/domain/problem'
import { imageChangeOf } from '@/lib/server/operation/image'
import type { Operations } from '@/lib/server/operation/operations'
import type { Setting } from '@/lib/server/operation/setting'

/**
 * Begins to put a fixed build into a release.
 * Errors: those of `imagePlace`; `stale-edit`; `not-found`; `operation-running`.
 */
export function setImage(
  setting: Setting,
  operations: Operations,
  { id, body }: { id: ReleaseId; body: SetImage },
): Result<Accepted> {
  const { cluster } = setting
  const release = cluster.get(id)
  if (!release.ok) return release
  const stale = cluster.staleEdit(id, body.resourceVersion)
  if (stale) return stale
  const deployments = cluster.workloads().deployments(id.namespace)
  const place = imagePlace(release.value, deployments, body)
  if (!place.ok) return place
  const { deployment, container } = place.value
  const held = deployments.find(({ name }) => name === deployment)?.containers
  const present = held?.find(({ name }) => name === container)?.image ?? ''
  const { image, resourceVersion } = body
  return operations.begin(imageChangeOf(setting, id, { ...place.value, image, present, resourceVersion }))
}
