import 'server-only'
import { endpointsOf } from '@/lib/domain/endpoints'
import type { Deployment } from '@/lib/domain/model/workload'
import {
  areReady,
  longestStuck,
  type PodsSeen,
  podsNotReady,
  podsOf,
  podsParams,
  type Stuck,
  stuckAfter,
} from '@/lib/domain/operation/pods'
import type { StepEnd } from '@/lib/domain/operation/steps'
import { fail } from '@/lib/domain/problem'
import { unreadIn } from '@/lib/domain/unread'
import { deleted, failed, type Setting, watchOf } from '@/lib/server/operation/setting'
import type { Task } from '@/lib/server/operation/task'
import { waitFor } from '@/lib/server/operation/waiting'

type Wanted = {
  namespace: string
  name: string
  /** Does the watch show the Deployment as it was written? */
  isWritten?: (deployment: Deployment) => boolean
  /** Pods of the template before. */
  before?: () => ReadonlySet<string>
}

const NONE: ReadonlySet<string> = new Set()

/** Waits until all pods of a Deployment are ready. Errors: `pods-not-ready`, in the cluster's own words; `not-found`. */
export function podsTask(setting: Setting, { namespace, name, isWritten, before }: Wanted): Task {
  const { cluster, times } = setting
  const look = (): PodsSeen | null => {
    const workloads = cluster.workloads()
    const deployment = workloads.deployments(namespace).find(each => each.name === name)
    if (!deployment) return null
    return { deployment, pods: podsOf(deployment, workloads.pods(namespace), before?.() ?? NONE) }
  }
  return {
    step: 'pods',
    async act(context) {
      let stuck: Stuck = new Map()
      let seen: PodsSeen | null = null
      let seenMs = 0
      const end = await waitFor<StepEnd>(
        liveMs => {
          const now = look()
          if (!now) return liveMs - seenMs > times.goneMs ? deleted('Deployment', { namespace, name }) : null
          ;[seen, seenMs] = [now, liveMs]
          context.note(podsParams(now))
          if (isWritten?.(now.deployment) === false) return null
          if (areReady(now.deployment)) return { type: 'done', params: podsParams(now) }
          stuck = stuckAfter(stuck, now, liveMs)
          return longestStuck(stuck, liveMs) >= times.hopelessMs ? failed(podsNotReady(now)) : null
        },
        watchOf(setting, context, times.podsMs),
      )
      return end ?? (seen ? failed(podsNotReady(seen)) : deleted('Deployment', { namespace, name }))
    },
  }
}

/** Waits until a port of a Service leads to a pod that is ready, as the controller counts. Errors: `no-endpoints`, `not-found`. */
export function endpointsTask(
  setting: Setting,
  { namespace, name, port }: { namespace: string; name: string; port: string },
): Task {
  const { cluster, times } = setting
  return {
    step: 'endpoints',
    async act(context) {
      let seenMs = 0
      const end = await waitFor<StepEnd>(
        liveMs => {
          const unreadable = cluster.state().unreadable.map(({ kind }) => kind)
          if (unreadIn(namespace, unreadable).includes('endpoints'))
            return { type: 'skipped', why: 'unreadable' }
          const workloads = cluster.workloads()
          const service = workloads.service(namespace, name)
          if (!service) return liveMs - seenMs > times.goneMs ? deleted('Service', { namespace, name }) : null
          seenMs = liveMs
          const { ready, total } = endpointsOf(service, workloads.slices(namespace, name), port)
          context.note({ ready, total })
          return ready > 0 ? { type: 'done', params: { ready, total } } : null
        },
        watchOf(setting, context, times.endpointsMs),
      )
      const title = `Pods are ready, but port ${port} of Service ${name} leads to none of them`
      return end ?? failed(fail('no-endpoints', title, { params: { service: name, port } }))
    },
  }
}
