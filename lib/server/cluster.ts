import 'server-only'
import type { AskDecision, DecisionView } from '@/lib/contract'
import { staleEdit } from '@/lib/domain/content-version'
import type { ClusterState } from '@/lib/domain/model/cluster'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { Observed, Release, ReleaseId, Route } from '@/lib/domain/model/release'
import type { OrdinaryPath } from '@/lib/domain/model/routing'
import type { HalfStarted } from '@/lib/domain/model/start'
import { type Failure, fail, ok, type Result } from '@/lib/domain/problem'
import type { Workloads } from '@/lib/domain/release'
import { decideOver } from '@/lib/server/cluster/decide-over'
import { releaseKey } from '@/lib/server/cluster/derived'
import { factsOf, knownOf, readyIn, unread } from '@/lib/server/cluster/facts'
import { type ClusterOptions, Reading } from '@/lib/server/cluster/reading'
import { type ReadStatus, StatusReader } from '@/lib/server/cluster/status'
import { workloadsOf } from '@/lib/server/cluster/workloads'
import { type Edit, writeRelease } from '@/lib/server/cluster/write'
import type { Connection } from '@/lib/server/kubernetes/connection'
import { matches } from '@/lib/server/pattern'
import type { SamplingFacts } from '@/lib/server/sampler/facts'
import { type Previewed, previewOf } from '@/lib/server/start/preview'

export type { ClusterOptions } from '@/lib/server/cluster/reading'

/** One cluster as Halftone knows it: read once by its own watches; releases are changed only through `patch`. */
export type Cluster = {
  name: string
  /** For what a start reads and writes besides. */
  connection: Connection
  state(): ClusterState
  /** Why nothing can be said of it yet: cluster-unreachable before the first read, cluster-forbids; null once it can. */
  unread(): Failure | null
  /** Without pods. */
  releases(): Release[]
  routes(): Route[]
  /** What the routes are told from. */
  ordinaryPaths(): OrdinaryPath[]
  /** With all pods. Errors: not-found; cluster-unreachable before the first read; cluster-forbids. */
  get(id: ReleaseId): Result<Release>
  ingress(namespace: string, name: string): Ingress | undefined
  /** Of every namespace that is read. */
  ingresses(): Ingress[]
  /** Deployments, pods, Services and their endpoints as last seen. */
  workloads(): Workloads
  /** Starts of a namespace that have not come to their end. */
  halfStarted(namespace: string): HalfStarted[]
  /** Work of ours on a release has begun or ended. */
  workChanged(id: ReleaseId): void
  /** Refuses an edit begun before the last real change. Errors: stale-edit. */
  staleEdit(id: ReleaseId, resourceVersion: string): Failure | null
  /** The release that would come of a draft. */
  preview(draft: Previewed): Release
  samplingFactsOf(id: ReleaseId): SamplingFacts | null
  /** Errors: ambiguous-route when the named ingress is not where the request lands. */
  decide(ask: AskDecision): Result<DecisionView>
  /** Errors: stale-edit, not-found, cluster-forbids, cluster-refuses, cluster-busy, cluster-unreachable. */
  patch(id: ReleaseId, edit: Edit): Promise<Result<Release>>
  setObserved(id: ReleaseId, observed: Observed): void
  status(): Promise<ReadStatus>
  start(): void
  stop(): Promise<void>
}

/** Connects one cluster: after `start()` its cache fills, and frames are published as they come true. */
export function connectCluster(options: ClusterOptions): Cluster {
  const reading = new Reading(options)
  const { cache, derived, edits } = reading
  const status = new StatusReader({ ...options, reading })
  const ingress = (namespace: string, name: string) => cache.ingresses.get(namespace, name)

  const get = (id: ReleaseId): Result<Release> => {
    const found = derived.release(releaseKey(id))
    if (found) return ok(found.release)
    return (
      unread(reading, options.name) ?? fail('not-found', `There is no release ${id.namespace}/${id.name}`)
    )
  }

  return {
    name: options.name,
    connection: options.connection,
    state: () => reading.state(),
    unread: () => unread(reading, options.name),
    releases: () => derived.releases(),
    routes: () => derived.routes(),
    ordinaryPaths: () => [...derived.routings().byClass.values()].flatMap(each => each.ordinaryPaths),
    get,
    ingress,
    ingresses: () => cache.ingresses.all(),
    workloads: () => workloadsOf(cache),
    halfStarted: namespace => reading.halfStarts.in(namespace),
    workChanged: ({ namespace }) => reading.halfStarts.touch(namespace),
    staleEdit: (id, version) => {
      const current = edits.contentVersion(id)
      return current ? staleEdit(version, current) : null
    },
    preview: draft => previewOf(draft, knownOf(reading, options.name)),
    samplingFactsOf: id => factsOf(reading, id),
    decide: ask =>
      unread(reading, options.name) ??
      decideOver(derived.routings(), ask, { matches, draw: null, ready: readyIn(reading) }),
    patch: (id, edit) =>
      writeRelease(id, edit, {
        connection: options.connection,
        ingress: ({ namespace, name }) => ingress(namespace, name),
        contentVersion: each => edits.contentVersion(each),
        release: get,
        learn: each => cache.ingresses.put(each),
        caughtUp: (each, version) => edits.caughtUp(each, ingress(each.namespace, each.name), version),
      }),
    status: () => status.read(),
    setObserved: (id, observed) => derived.observe(releaseKey(id), observed),
    start: () => reading.start(),
    stop: () => reading.stop(),
  }
}
