import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startController } from '@/tests/cluster/harness/controller'
import { API_URL, type Daemon, daemonsOf, GATEWAY_URL, type Layout } from '@/tests/cluster/harness/daemons'
import { endProcess, isRunning, pidIn, startDaemon, until } from '@/tests/cluster/harness/process'
import { appointWebhook, dismissWebhook, webhookFlags } from '@/tests/cluster/harness/webhook'

/** A running real cluster, as whoever is inside its namespaces sees it. */
export type RealCluster = {
  apiUrl: string
  gatewayUrl: string
  /** The authority that signed the API server's certificate, in PEM. */
  ca: string
  /** JSON in the shape that the sandbox writes: contexts and users `admin` and `halftone`, with tokens. */
  kubeconfig: string
  tokens: { admin: string; halftone: string }
  /** What service accounts asked for, one JSON object a line. */
  auditLog: string
  /** Where scratch files may be kept: gone when the cluster is down. */
  folder: string
  /** SIGKILL; resolves when the process is gone. The controller's nginx goes on, as it does in a pod until that ends. */
  kill(daemon: Daemon): Promise<void>
  /** Starts a daemon that does not run; resolves when it can be relied on. */
  start(daemon: Daemon): Promise<void>
  /** Ends the controller and its nginx, and starts it with these flags more; `webhook`: the API server asks its webhook. */
  restartController(options?: { flags?: readonly string[]; webhook?: boolean }): Promise<void>
  isAlive(daemon: Daemon): boolean
  /** What a daemon has printed since it was last started. */
  log(daemon: Daemon): string
}

const pidFile = ({ folder }: Layout, daemon: Daemon) => join(folder, `${daemon}.pid`)
const logFile = ({ folder }: Layout, daemon: Daemon) => join(folder, 'logs', `${daemon}.log`)

/** Starts one program of the node, and waits until it is ready. Errors: rejects where it ends or takes a minute. */
export async function startNodeDaemon(
  layout: Layout,
  daemon: Exclude<Daemon, 'ingress-nginx'>,
): Promise<void> {
  const plan = daemonsOf(layout)[daemon]
  const log = logFile(layout, daemon)
  const pid = startDaemon(plan.argv, { log, pidFile: pidFile(layout, daemon) })
  const isReady = () => {
    if (!isRunning(pid)) throw new Error(`${daemon} ended; see ${log}`)
    return plan.isReady()
  }
  await until(isReady, { why: () => `${daemon} is not ready; see ${log}` })
}

/** A cluster by its layout. */
export function clusterOf(layout: Layout): RealCluster {
  const { folder } = layout
  const kubeconfig = join(folder, 'kubeconfig')
  const { users } = JSON.parse(readFileSync(kubeconfig, 'utf8')) as {
    users: { name: string; user: { token: string } }[]
  }
  const tokenOf = (name: string) => users.find(each => each.name === name)?.user.token ?? ''
  return {
    apiUrl: API_URL,
    gatewayUrl: GATEWAY_URL,
    ca: readFileSync(join(folder, 'pki/ca.crt'), 'utf8'),
    kubeconfig,
    tokens: { admin: tokenOf('admin'), halftone: tokenOf('halftone') },
    auditLog: join(folder, 'audit.log'),
    folder,
    kill: daemon => endProcess(pidIn(pidFile(layout, daemon)), 'SIGKILL'),
    start: daemon => (daemon === 'ingress-nginx' ? startController(layout) : startNodeDaemon(layout, daemon)),
    restartController: async ({ flags = [], webhook = false } = {}) => {
      dismissWebhook(layout)
      await startController(layout, [...flags, ...(webhook ? webhookFlags(folder) : [])])
      if (webhook) await appointWebhook(layout)
    },
    isAlive: daemon => isRunning(pidIn(pidFile(layout, daemon))),
    log: daemon => readFileSync(logFile(layout, daemon), 'utf8'),
  }
}

/** Where the run folder keeps its layout. */
export const layoutFile = (folder: string): string => join(folder, 'layout.json')

/** The cluster that this process is inside of. Errors: throws where it is inside of none. */
export function theCluster(): RealCluster {
  const folder = process.env.HALFTONE_CLUSTER_INSIDE
  if (!folder)
    throw new Error('not inside a real cluster: run this through npm run test:cluster or cluster:in')
  return clusterOf(JSON.parse(readFileSync(layoutFile(folder), 'utf8')) as Layout)
}
