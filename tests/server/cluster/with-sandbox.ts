import { KubeConfig } from '@kubernetes/client-node'
import { expect, vi } from 'vitest'
import type { Frame } from '@/lib/contract'
import { type Cluster, connectCluster } from '@/lib/server/cluster'
import type { ClusterTimes } from '@/lib/server/cluster/reading'
import { type Connection, openConnection } from '@/lib/server/kubernetes/connection'
import { type Sandbox, startSandbox } from '@/sandbox/start'

export const NGINX = 'nginx.ingress.kubernetes.io/'
export const USER = { cluster: 'demo', namespace: 'default', name: 'user-canary' }
export const QUICK: ClusterTimes = {
  idleMs: 1_500,
  probeMs: 300,
  graceMs: 500,
  spacingMs: 20,
  forbiddenMs: 200,
}

type Annotations = Record<string, string | null>

/** A sandbox, a cluster of ours that reads it, and what it published. */
export type Stage = {
  sandbox: Sandbox
  cluster: Cluster
  /** Another connection with Halftone's own token. */
  connection: Connection
  frames: Map<string, Frame['value']>
  /** Keys in the order of publication. */
  published: string[]
  /** Acts as kubectl does: another client with the admin's token. */
  kubectl(method: string, path: string, body?: unknown): Promise<unknown>
  annotate(name: string, annotations: Annotations): Promise<unknown>
  fault(body: unknown): Promise<void>
  /** Requests that Halftone's own token has made so far. */
  requests(): Promise<number>
  /** Another cluster of ours, connected just now: what a fresh LIST says. */
  fresh(): Promise<{ releases: unknown; routes: unknown }>
  stop(): Promise<void>
}

export const INGRESSES = '/apis/networking.k8s.io/v1/namespaces/default/ingresses'

export async function stage({ times = QUICK }: { times?: ClusterTimes } = {}): Promise<Stage> {
  const sandbox = await startSandbox({ world: 'default', syncDelayMs: 0, bookmarkMs: 200, webhook: false })
  const frames = new Map<string, Frame['value']>()
  const published: string[] = []
  const connected: (Cluster | Connection)[] = []
  const admin = connection(sandbox, sandbox.tokens.admin)
  const own = connection(sandbox, sandbox.tokens.halftone)
  const join = (token: string, options: { times: ClusterTimes; onFrame: (frame: Frame) => void }) => {
    const cluster = connectCluster({
      name: 'demo',
      connection: connection(sandbox, token),
      namespaces: null,
      gateway: null,
      readOnly: false,
      publish: options.onFrame,
      onRelease: () => undefined,
      report: bug => {
        throw bug
      },
      times: options.times,
    })
    connected.push(cluster)
    cluster.start()
    return cluster
  }
  const cluster = join(sandbox.tokens.halftone, {
    times,
    onFrame: frame => {
      published.push(frame.key)
      if (frame.value === null) frames.delete(frame.key)
      else frames.set(frame.key, frame.value)
    },
  })
  await isLive(cluster)

  async function kubectl(method: string, path: string, body?: unknown) {
    const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
    const answer = await admin.request(method, path, body === undefined ? {} : { body, contentType })
    if (!answer.ok) throw new Error(answer.problem.title)
    return JSON.parse(answer.value.text) as unknown
  }

  return {
    sandbox,
    cluster,
    connection: own,
    frames,
    published,
    kubectl,
    annotate: (name, annotations) =>
      kubectl('PATCH', `${INGRESSES}/${name}?fieldManager=kubectl-annotate`, { metadata: { annotations } }),
    async fault(body) {
      const answer = await fetch(`${sandbox.adminUrl}/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      if (!answer.ok) throw new Error(await answer.text())
    },
    async requests() {
      const answer = await fetch(`${sandbox.adminUrl}/requests`)
      const { halftone = 0 } = (await answer.json()) as { halftone?: number }
      return halftone
    },
    async fresh() {
      const other = join(sandbox.tokens.admin, { times: {}, onFrame: () => undefined })
      await isLive(other)
      const state = { releases: other.releases(), routes: other.routes() }
      await other.stop()
      return state
    },
    async stop() {
      await Promise.all(connected.map(each => ('stop' in each ? each.stop() : each.close())))
      await Promise.all([admin.close(), own.close()])
      await sandbox.stop()
    },
  }
}

export const isLive = (cluster: Cluster) =>
  vi.waitFor(() => expect(cluster.state().state).toBe('live'), { timeout: 10_000, interval: 10 })

export const isStale = (cluster: Cluster, timeout: number) =>
  vi.waitFor(() => expect(cluster.state().state).not.toBe('live'), { timeout, interval: 10 })

function connection(sandbox: Sandbox, token: string): Connection {
  const config = new KubeConfig()
  config.loadFromOptions({
    clusters: [{ name: 'c', server: sandbox.apiUrl, caData: Buffer.from(sandbox.ca).toString('base64') }],
    users: [{ name: 'u', token }],
    contexts: [{ name: 'c', cluster: 'c', user: 'u' }],
    currentContext: 'c',
  })
  const opened = openConnection({ config, context: 'c' })
  if (!opened.ok) throw new Error(opened.problem.title)
  return opened.value
}

/** A canary Ingress of the reference story, as `kubectl apply` would make it. */
export function canaryManifest(name: string, annotations: Record<string, string>, className = 'nginx') {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace: 'default', annotations: { [`${NGINX}canary`]: 'true', ...annotations } },
    spec: {
      ingressClassName: className,
      rules: [
        {
          http: {
            paths: [
              {
                path: '/user',
                pathType: 'Prefix',
                backend: { service: { name: 'service-user-v2', port: { number: 80 } } },
              },
            ],
          },
        },
      ],
    },
  }
}
