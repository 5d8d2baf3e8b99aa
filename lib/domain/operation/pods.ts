import type { Deployment, Pod } from '@/lib/domain/model/workload'
import { type Failure, fail, type Params } from '@/lib/domain/problem'
import { isSelected } from '@/lib/domain/version'

/** What is seen of the pods that an operation waits for. */
export type PodsSeen = { deployment: Deployment; pods: readonly Pod[] }

/** Since when each pod, or "" for the Deployment that cannot make any, is in a state that ends only if somebody acts. */
export type Stuck = ReadonlyMap<string, number>

/** A pod in such a state does not get ready by waiting. Source: Kubernetes 1.34, kubelet and scheduler reasons. */
const HOPELESS =
  /^(ErrImagePull|ImagePullBackOff|ErrImageNeverPull|InvalidImageName|CrashLoopBackOff|CreateContainer\w*Error|RunContainerError|Unschedulable)$/

const isHopeless = ({ ready, reason = '' }: Pod) => !ready && HOPELESS.test(reason)

/** The pods of a Deployment, but for those that are ending and those that were there `before`. */
export const podsOf = (deployment: Deployment, pods: readonly Pod[], before: ReadonlySet<string>): Pod[] =>
  pods.filter(
    ({ name, phase, labels }) =>
      phase !== 'Terminating' && !before.has(name) && isSelected(deployment.templateLabels, labels),
  )

/** Do all pods that are wanted run the present template, and are they ready? */
export const areReady = ({ isRolling, replicas, ready, updated }: Deployment): boolean =>
  !isRolling && replicas > 0 && updated >= replicas && ready >= replicas

/** How many of the present template are ready: while pods of the one before are there, the Deployment's own figure counts them too. */
function readyOf({ deployment, pods }: PodsSeen): number {
  const { ready, updated, isRolling } = deployment
  const most = Math.min(ready, updated)
  return isRolling ? Math.min(most, pods.filter(pod => pod.ready).length) : most
}

/** What is to be said while waiting: how many are ready, and the most telling of those that are not. */
export function podsParams({ deployment, pods }: PodsSeen): Params {
  const { replicas, failure } = deployment
  const telling = pods.find(isHopeless) ?? pods.find(pod => !pod.ready && pod.reason !== undefined)
  const why = telling ?? failure
  return {
    ready: readyOf({ deployment, pods }),
    replicas,
    pod: telling?.name ?? null,
    reason: why?.reason ?? null,
    message: why?.message ?? null,
  }
}

/** Who is stuck now, and since when. Units: milliseconds of any clock that never goes back. */
export function stuckAfter(before: Stuck, { deployment, pods }: PodsSeen, nowMs: number): Stuck {
  const names = [...pods.filter(isHopeless).map(pod => pod.name), ...(deployment.failure ? [''] : [])]
  return new Map(names.map(name => [name, before.get(name) ?? nowMs]))
}

/** The longest that anything has been stuck. Units: milliseconds, as in `stuckAfter`. */
export const longestStuck = (stuck: Stuck, nowMs: number): number =>
  Math.max(0, ...[...stuck.values()].map(sinceMs => nowMs - sinceMs))

/** Says that the pods do not get ready, in the cluster's own words. Errors: always `pods-not-ready`. */
export function podsNotReady(seen: PodsSeen): Failure {
  const params = podsParams(seen)
  const { ready, replicas, pod, reason } = params
  const whose = pod === null ? seen.deployment.name : `pod ${pod}`
  const why = reason === null ? '' : `: ${whose} says ${reason}`
  return fail('pods-not-ready', `${ready} of ${replicas} pods are ready${why}`, { params })
}
