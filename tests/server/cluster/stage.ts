import { KubeConfig } from '@kubernetes/client-node'
import { expect, vi } from 'vitest'
import type { Frame } from '@/lib/contract'
import type { ClusterState } from '@/lib/domain/model/cluster'
import type { Release, Route } from '@/lib/domain/model/release'
import { type Cluster, connectCluster } from '@/lib/server/cluster'
import type { ClusterTimes } from '@/lib/server/cluster/reading'
import { type Connection, openConnection } from '@/lib/server/kubernetes/connection'

/** An API server, embedded or real, and who may ask it. */
export type ApiServer = { apiUrl: string; ca: string; tokens: { admin: string; halftone: string } }

export type StageOptions = {
  times?: ClusterTimes
  /** How Halftone reaches the API server; without it with its own token. */
  connection?: Connection
  /** The cluster's state was told. */
  onState?: (state: ClusterState, cluster: Cluster) => void
}

/** What is on show of a cluster. */
export type Shown = { releases: Release[]; routes: Route[] }

/** A cluster of ours that reads an API server, and what it published. */
export type Stage = {
  cluster: Cluster
  /** Another connection with Halftone's own token. */
  connection: Connection
  frames: Map<string, Frame['value']>
  /** Keys in the order of publication. */
  published: string[]
  /**
   * When the cluster of ours has asked something of the API server. Units: milliseconds of `performance.now()`.
   * Limits: further pages of a list are left out: they follow each other, and there are as many as the cluster has objects.
   */
  askedMs: number[]
  /** Acts as kubectl does: another client with the admin's token. Errors: rejects with what the API server says. */
  kubectl(method: string, path: string, body?: unknown): Promise<unknown>
  /** Another cluster of ours, connected just now: what a fresh LIST says. */
  fresh(): Promise<Shown>
  stop(): Promise<void>
}

export async function stageOn(far: ApiServer, options: StageOptions = {}): Promise<Stage> {
  const frames = new Map<string, Frame['value']>()
  const published: string[] = []
  const askedMs: number[] = []
  const connected: { stop(): Promise<void> }[] = []
  const admin = connectionTo(far, far.tokens.admin)
  const own = connectionTo(far, far.tokens.halftone)
  const join = (connection: Connection, times: ClusterTimes, publish: (frame: Frame) => void) => {
    const cluster = connectCluster({
      name: 'demo',
      context: 'halftone',
      connection,
      namespaces: null,
      gateway: null,
      readOnly: false,
      publish,
      onRelease: () => undefined,
      report: bug => {
        throw bug
      },
      times,
    })
    connected.push(cluster)
    cluster.start()
    return cluster
  }
  const cluster: Cluster = join(
    counted(options.connection ?? connectionTo(far, far.tokens.halftone), askedMs),
    options.times ?? {},
    frame => {
      published.push(frame.key)
      if (frame.value === null) frames.delete(frame.key)
      else frames.set(frame.key, frame.value)
      // The first state is told while the cluster is still being made.
      if (frame.key === 'cluster/demo' && published.length > 1)
        options.onState?.(frame.value as ClusterState, cluster)
    },
  )
  await isLive(cluster)

  return {
    cluster,
    connection: own,
    frames,
    published,
    askedMs,
    async kubectl(method, path, body) {
      const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
      const answer = await admin.request(method, path, body === undefined ? {} : { body, contentType })
      if (!answer.ok) throw new Error(answer.problem.title)
      return JSON.parse(answer.value.text) as unknown
    },
    async fresh() {
      const other = join(connectionTo(far, far.tokens.admin), {}, () => undefined)
      await isLive(other)
      const shown = shownOf(other)
      await other.stop()
      return shown
    },
    async stop() {
      await Promise.all(connected.map(each => each.stop()))
      await Promise.all([admin.close(), own.close()])
    },
  }
}

export const isLive = (cluster: Cluster, timeout = 10_000) =>
  vi.waitFor(() => expect(cluster.state().state).toBe('live'), { timeout, interval: 10 })

export const isStale = (cluster: Cluster, timeout: number) =>
  vi.waitFor(() => expect(cluster.state().state).not.toBe('live'), { timeout, interval: 10 })

/** What we know ends equal to what a fresh LIST says; of a cluster in which something still moves the list is read again. */
export async function endsTrue({ cluster, fresh }: Stage): Promise<void> {
  await vi.waitFor(
    async () => {
      const listed = await fresh()
      expect(shownOf(cluster)).toEqual(listed)
    },
    { timeout: 30_000, interval: 200 },
  )
  await isLive(cluster)
}

/** In an order of its own: that of the watch and that of a list are different ones. */
function shownOf(cluster: Cluster): Shown {
  const byKey = <T>(values: T[], keyOf: (value: T) => string) =>
    values.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  return {
    releases: byKey(cluster.releases(), ({ id }) => `${id.namespace}/${id.name}`),
    routes: byKey(cluster.routes(), route => JSON.stringify(route)),
  }
}

/** The most of these moments that lie within any one second. */
export function busiest(timesMs: readonly number[]): number {
  return Math.max(0, ...timesMs.map(start => timesMs.filter(at => at >= start && at < start + 1_000).length))
}

/** A connection to an API server with a token written out. */
export function connectionTo({ apiUrl, ca }: ApiServer, token: string): Connection {
  const config = new KubeConfig()
  config.loadFromOptions({
    clusters: [{ name: 'c', server: apiUrl, caData: Buffer.from(ca).toString('base64') }],
    users: [{ name: 'u', token }],
    contexts: [{ name: 'c', cluster: 'c', user: 'u' }],
    currentContext: 'c',
  })
  const opened = openConnection({ config, context: 'c' })
  if (!opened.ok) throw new Error(opened.problem.title)
  return opened.value
}

function counted(connection: Connection, askedMs: number[]): Connection {
  return {
    ...connection,
    request(...asked) {
      askedMs.push(performance.now())
      return connection.request(...asked)
    },
    stream(path, options) {
      if (!path.includes('continue=')) askedMs.push(performance.now())
      return connection.stream(path, options)
    },
  }
}
