import 'server-only'
import type { ReleaseId } from '@/lib/domain/model/release'
import type { Abilities } from '@/lib/domain/model/routing'
import { type Failure, fail } from '@/lib/domain/problem'
import { readinessOf } from '@/lib/domain/readiness'
import { releaseKey } from '@/lib/server/cluster/derived'
import type { Reading } from '@/lib/server/cluster/reading'
import { workloadsOf } from '@/lib/server/cluster/workloads'
import { matches } from '@/lib/server/pattern'
import type { SamplingFacts } from '@/lib/server/sampler/facts'
import type { Known } from '@/lib/server/start/preview'

/** Why nothing can be said of a cluster yet; null once its Ingresses have been read. */
export function unread({ liveness, isRead }: Reading, cluster: string): Failure | null {
  const params = { cluster }
  if (!liveness.isReadable('ingresses')) {
    return fail('cluster-forbids', `The cluster ${cluster} does not let Halftone read Ingresses`, { params })
  }
  return isRead
    ? null
    : fail('cluster-unreachable', `The cluster ${cluster} has not been read yet`, { params })
}

/** What is known, for asking what would be. */
export const knownOf = ({ cache, liveness, unreadable }: Reading, cluster: string): Known => ({
  cluster,
  ingresses: cache.ingresses.all(),
  classes: liveness.isReadable('ingressclasses') ? cache.ingressClasses.all() : null,
  workloads: workloadsOf(cache),
  unreadable,
})

/** Tells whether a Service port has a ready endpoint. */
export const readyIn = (reading: Reading): Abilities['ready'] =>
  readinessOf(workloadsOf(reading.cache), reading.unreadable)

/** One release with all it is decided and sampled by; null where there is none. */
export function factsOf(reading: Reading, id: ReleaseId): SamplingFacts | null {
  const { derived } = reading
  const found = derived.release(releaseKey(id))
  if (!found) return null
  const { routing, ingress: canary } = found.canary
  const path = routing.canaryPaths.find(each => each.canary === canary && each.live)
  return {
    release: found.release,
    routing,
    canary,
    routingVersion: reading.edits.routingVersion(canary),
    ordinary: path?.partner?.ingress ?? null,
    matches,
    ready: readyIn(reading),
  }
}
