import 'server-only'
import type { Accepted, SetImage } from '@/lib/contract'
import type { ReleaseId } from '@/lib/domain/model/release'
import { leadsTo } from '@/lib/domain/operation/half-started'
import { imagePlace } from '@/lib/domain/operation/image'
import { isOrdinary, isSteered } from '@/lib/domain/operation/ours'
import { type Failure, fail, type Result } from '@/lib/domain/problem'
import { isSelected } from '@/lib/domain/version'
import { imageChangeOf } from '@/lib/server/operation/image'
import type { Operations } from '@/lib/server/operation/operations'
import type { Setting } from '@/lib/server/operation/setting'

/**
 * Begins to put a fixed build into a release.
 * Errors: those of `imagePlace`; `selector-overlap` where another Ingress sends requests to these pods; `stale-edit`; `not-found`;
 * `operation-running`.
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
  const other = leadingElsewhere(setting, id, deployment)
  if (other) return other
  const { image, resourceVersion } = body
  return operations.begin(imageChangeOf(setting, id, { ...place.value, image, present, resourceVersion }))
}

/** Another Ingress that sends people to the same pods, whatever this release does. */
function leadingElsewhere(
  { cluster }: Setting,
  { namespace, name }: ReleaseId,
  deployment: string,
): Failure | null {
  const workloads = cluster.workloads()
  const labels = workloads.deployments(namespace).find(each => each.name === deployment)?.templateLabels ?? {}
  const isBefore = (service: string) =>
    isSelected(workloads.service(namespace, service)?.selector ?? null, labels)
  const other = cluster
    .ingresses()
    .filter(each => each.namespace === namespace && each.name !== name && leadsTo(each, isBefore))
    .find(each => isOrdinary(each) || isSteered(each))
  if (!other) return null
  const title = `The Ingress ${other.name} leads to the pods of ${deployment} as well: they would get the new build too`
  return fail('selector-overlap', title, {
    params: { kind: 'Ingress', name: other.name, selector: deployment },
  })
}
