import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { KubeConfig } from '@kubernetes/client-node'

/** What one process measured. Units: megabytes and milliseconds. */
export type PodsMeasured = {
  pods: number
  rssMB: number
  listMs: number
  longestBlockMs: number
  oneParseMs: number
}

/** How many pods the bench's server has. */
export const PODS = 10_000

/** A kubeconfig that leads to the bench's own server. */
export function kubeConfigOf(server: string): KubeConfig {
  const config = new KubeConfig()
  config.loadFromOptions({
    clusters: [{ name: 'bench', server, skipTLSVerify: true }],
    users: [{ name: 'bench', token: 'none' }],
    contexts: [{ name: 'bench', cluster: 'bench', user: 'bench' }],
    currentContext: 'bench',
  })
  return config
}

/** Lists all pods with one client and prints, as one line of JSON, what it cost this process; then ends it. */
export async function measure(url: string, list: () => Promise<() => number>): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const startedMs = performance.now()
  const count = await list()
  const listMs = performance.now() - startedMs
  delay.disable()
  await wait(500)
  const rssMB = process.memoryUsage().rss / 1e6
  const text = await (await fetch(`${url}/api/v1/pods`)).text()
  const parsedMs = performance.now()
  JSON.parse(text)
  const oneParseMs = performance.now() - parsedMs
  const measured: PodsMeasured = {
    pods: count(),
    rssMB,
    listMs,
    longestBlockMs: delay.max / 1e6,
    oneParseMs,
  }
  process.stdout.write(`${JSON.stringify(measured)}\n`, () => process.exit(0))
}
