import 'server-only'
import type { AskDecision, DecisionView, Frame } from '@/lib/contract'
import { decide } from '@/lib/domain/decide'
import { decisionView, requestOf } from '@/lib/domain/decision-view'
import type { ClusterState } from '@/lib/domain/model/cluster'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { Observed, Release, ReleaseId, Route } from '@/lib/domain/model/release'
import type { Abilities, Decision } from '@/lib/domain/model/routing'
import { fail, ok, type Result } from '@/lib/domain/problem'
import type { Routing } from '@/lib/domain/routing'
import { createCache, keepFilled } from '@/lib/server/cluster/cache'
import { Derived, releaseKey } from '@/lib/server/cluster/derived'
import { Edits } from '@/lib/server/cluster/edits'
import { readinessOf, workloadsOf } from '@/lib/server/cluster/workloads'
import { type Edit, writeRelease } from '@/lib/server/cluster/write'
import type { Connection } from '@/lib/server/kubernetes/connection'
import { Liveness } from '@/lib/server/kubernetes/liveness'
import { matches } from '@/lib/server/pattern'

export type { Edit } from '@/lib/server/cluster/write'

/** Units: milliseconds. Tests shorten them; what is left out is the product's. */
export type ClusterTimes = {
  idleMs?: number
  probeMs?: number
  graceMs?: number
  spacingMs?: number
  forbiddenMs?: number
}

export type ClusterOptions = {
  /** The cluster's name in Halftone. */
  name: string
  connection: Connection
  /** null: the whole cluster. */
  namespaces: readonly string[] | null
  /** The address probes are sent to, as configured; null where each Ingress says it itself. */
  gateway: { url: string } | null
  readOnly: boolean
  publish: (frame: Frame) => void
  /** A release was derived anew, or went. */
  onRelease: (id: ReleaseId) => void
  /** A bug of ours in a loop that goes on. */
  report: (bug: unknown) => void
  times?: ClusterTimes
}

/** What the sampler needs to know of one release. */
export type ReleaseFacts = {
  release: Release
  routing: Routing
  canary: Ingress
  ordinary: Ingress | null
  matches: Abilities['matches']
  ready: Abilities['ready']
}

/** One cluster as Halftone knows it: read once by its own watches, written only through `patch`. */
export type Cluster = {
  name: string
  state(): ClusterState
  /** Without pods. */
  releases(): Release[]
  routes(): Route[]
  /** With all pods. Errors: not-found; cluster-unreachable before the first read; cluster-forbids. */
  get(id: ReleaseId): Result<Release>
  ingress(namespace: string, name: string): Ingress | undefined
  samplingFactsOf(id: ReleaseId): ReleaseFacts | null
  /** Errors: ambiguous-route when the named ingress is not where the request lands. */
  decide(ask: AskDecision): Result<DecisionView>
  /** Errors: stale-edit, not-found, cluster-forbids, cluster-refuses, cluster-busy, cluster-unreachable. */
  patch(id: ReleaseId, edit: Edit): Promise<Result<Release>>
  setObserved(id: ReleaseId, observed: Observed): void
  start(): void
  stop(): Promise<void>
}

const PROBE_LIMIT_MS = 1_500
/** Kinds a release is made of; pods come when they come. */
const NEEDED = ['ingressclasses', 'ingresses', 'services', 'endpointslices', 'deployments']

/** Connects one cluster: after `start()` its cache fills, and frames are published as they come true. */
export function connectCluster(options: ClusterOptions): Cluster {
  const { name, connection, namespaces, gateway, readOnly, publish, onRelease, report, times = {} } = options
  const stopping = new AbortController()
  const edits = new Edits()
  let version = ''
  let filled: Promise<void> = Promise.resolve()

  const state = (): ClusterState => ({
    cluster: name,
    server: connection.server,
    version,
    ...liveness.state(),
    gateway,
    readOnly,
  })
  let lastState = ''
  const publishState = () => {
    derived.wake()
    const value = state()
    const text = JSON.stringify(value)
    if (text === lastState) return
    lastState = text
    publish({ key: `cluster/${name}`, value })
    if (value.state === 'live' && version === '') void readVersion()
  }

  const liveness = new Liveness({
    probe: async () => {
      const answer = await connection.request('GET', '/readyz', {
        timeoutMs: PROBE_LIMIT_MS,
        signal: stopping.signal,
      })
      return answer.ok || (answer.status > 0 && answer.status < 500)
    },
    probeMs: times.probeMs ?? 2_000,
    ...(times.graceMs !== undefined && { graceMs: times.graceMs }),
    ...(times.spacingMs !== undefined && { spacingMs: times.spacingMs }),
    changed: publishState,
  })
  const cache = createCache({
    ingress: change => {
      edits.note(change)
      derived.touchRouting()
    },
    ingressClass: () => derived.touchRouting(),
    workload: namespace => derived.touchNamespace(namespace),
  })
  const derived = new Derived({
    cluster: name,
    cache,
    isReadable: () => NEEDED.every(kind => liveness.isSettled(kind)),
    areClassesReadable: () => liveness.isReadable('ingressclasses'),
    publish,
    onRelease,
    report,
  })

  async function readVersion() {
    const answer = await connection.request('GET', '/version', { signal: stopping.signal })
    if (!answer.ok) return
    version = versionOf(answer.value.text)
    publishState()
  }

  const unread = () =>
    liveness.isReadable('ingresses')
      ? fail('cluster-unreachable', `The cluster ${name} has not been read yet`, {
          params: { cluster: name },
        })
      : fail('cluster-forbids', `The cluster ${name} does not let Halftone read Ingresses`, {
          params: { cluster: name },
        })

  const find = (id: ReleaseId) => {
    const found = derived.release(releaseKey(id))
    if (found) return ok(found)
    const isKnown = liveness.isReadable('ingresses') && NEEDED.every(kind => liveness.isSettled(kind))
    return isKnown ? fail('not-found', `There is no release ${id.namespace}/${id.name}`) : unread()
  }

  const get = (id: ReleaseId): Result<Release> => {
    const found = find(id)
    return found.ok ? ok(found.value.release) : found
  }

  const ingress = (namespace: string, ingressName: string) => cache.ingresses.get(namespace, ingressName)

  return {
    name,
    state,
    releases: () => derived.releases(),
    routes: () => derived.routes(),
    get,
    ingress,
    samplingFactsOf(id) {
      const found = derived.release(releaseKey(id))
      if (!found) return null
      const { release, canary } = found
      const { routing } = canary
      const path = routing.canaryPaths.find(each => each.canary === canary.ingress && each.live)
      const ready = readinessOf(workloadsOf(cache))
      const ordinary = path?.partner?.ingress ?? null
      return { release, routing, canary: canary.ingress, ordinary, matches, ready }
    },
    decide(ask) {
      const abilities: Abilities = { matches, draw: null, ready: readinessOf(workloadsOf(cache)) }
      const request = requestOf(ask)
      let landed: Decision | null = null
      for (const routing of derived.routings().byClass.values()) {
        const decision = decide(routing, request, abilities)
        const view = decisionView(decision, ask)
        if (decision.location && view.ok) return view
        if (!landed || (decision.location && !landed.location)) landed = decision
      }
      return landed ? decisionView(landed, ask) : unread()
    },
    patch: (id, edit) =>
      writeRelease(id, edit, {
        connection,
        ingress: ({ namespace, name: object }) => ingress(namespace, object),
        contentVersion: each => edits.contentVersion(each),
        release: get,
        learn: each => cache.ingresses.put(each),
        caughtUp: (each, wanted) => edits.caughtUp(each, ingress(each.namespace, each.name), wanted),
      }),
    setObserved: (id, observed) => derived.observe(releaseKey(id), observed),
    start() {
      filled = keepFilled({
        cache,
        connection,
        liveness,
        namespaces,
        idleMs: times.idleMs ?? 90_000,
        ...(times.forbiddenMs !== undefined && { forbiddenMs: times.forbiddenMs }),
        signal: stopping.signal,
        report,
      })
      publishState()
      liveness.start()
    },
    async stop() {
      stopping.abort()
      liveness.stop()
      derived.stop()
      await connection.close()
      await filled
    },
  }
}

function versionOf(text: string): string {
  try {
    const { gitVersion } = JSON.parse(text) as { gitVersion?: unknown }
    return typeof gitVersion === 'string' ? gitVersion : ''
  } catch {
    return ''
  }
}
