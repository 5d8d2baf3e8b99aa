import type { KubeObject } from '../api/object'
import { availableOf, type DeploymentView, sumOf, wantedOf } from './deployment-view'

/** How many pods a ReplicaSet is to keep from now on. */
export type Scaling = { set: KubeObject; to: number }

/**
 * How many pods the newest ReplicaSet may have now.
 * Source: Kubernetes 1.34, deployment_util.go NewRSNewReplicas.
 */
export function newWanted(view: DeploymentView, now: number, old: readonly KubeObject[]): number {
  if (view.recreates) return old.some(set => podsOf(set) > 0) ? now : view.replicas
  if (now >= view.replicas) return view.replicas
  const room = view.replicas + view.maxSurge - (sumOf(old, wantedOf) + now)
  return room <= 0 ? now : now + Math.min(room, view.replicas - now)
}

const podsOf = ({ status, spec }: KubeObject): number =>
  Math.max(countIn(status, 'replicas'), countIn(spec, 'replicas'))

const countIn = (raw: unknown, field: string): number => {
  const value =
    typeof raw === 'object' && raw !== null ? Object.entries(raw).find(([key]) => key === field)?.[1] : 0
  return typeof value === 'number' ? value : 0
}

/**
 * How far the older ReplicaSets may shrink without too few pods being available: unhealthy pods first.
 * Source: Kubernetes 1.34, deployment/rolling.go reconcileOldReplicaSets.
 */
export function oldScalings(view: DeploymentView, newest: KubeObject, old: readonly KubeObject[]): Scaling[] {
  const active = old.filter(set => wantedOf(set) > 0)
  if (view.recreates) return active.map(set => ({ set, to: 0 }))
  const minAvailable = view.replicas - view.maxUnavailable
  const newUnavailable = wantedOf(newest) - availableOf(newest)
  const most = sumOf([newest, ...old], wantedOf) - minAvailable - newUnavailable
  if (most <= 0) return []
  const left = new Map(active.map(set => [set, wantedOf(set)]))
  let unhealthy = 0
  for (const set of active) {
    const down = Math.min(most - unhealthy, Math.max(0, wantedOf(set) - availableOf(set)))
    unhealthy += down
    left.set(set, wantedOf(set) - down)
  }
  let spare = sumOf([newest, ...old], availableOf) - minAvailable
  for (const set of active) {
    const now = left.get(set) ?? 0
    const down = Math.min(now, Math.max(0, spare))
    spare -= down
    left.set(set, now - down)
  }
  return active.flatMap(set => {
    const to = left.get(set) ?? 0
    return to === wantedOf(set) ? [] : [{ set, to }]
  })
}
