import 'server-only'
import { setMaxListeners } from 'node:events'
import type { Frame } from '@/lib/contract'
import { type Cluster, connectCluster } from '@/lib/server/cluster'
import type { ClusterName } from '@/lib/server/context-name'
import type { Environment } from '@/lib/server/env'
import { Hub } from '@/lib/server/hub'
import type { Connection } from '@/lib/server/kubernetes/connection'
import { described, log } from '@/lib/server/log'
import { Operations } from '@/lib/server/operation/operations'
import { type OperationTimes, operationTimes } from '@/lib/server/operation/times'
import type { SamplerConfig } from '@/lib/server/sampler/config'
import { createSamplers, type Samplers } from '@/lib/server/sampler/sampler'
import { sampledIn } from '@/lib/server/stream/topic'
import packageInfo from '@/package.json'

/** Everything that lives as long as the process. */
export type Runtime = {
  environment: Environment
  clusters: ReadonlyMap<string, Cluster>
  hub: Hub
  samplers: Samplers
  operations: Operations
  operationTimes: OperationTimes
  /** Aborts when the process is about to end: streams say `bye`, and the readiness check fails. */
  stopping: AbortSignal
  /** Why calls should not be sent here; empty when they should. */
  unready(): string[]
  /** Lets a write end before the process does. */
  finishing<T>(work: Promise<T> | T): Promise<T>
  stop(): Promise<void>
}

export type RuntimeOptions = {
  environment: Environment
  connections: readonly (ClusterName & { connection: Connection })[]
  /** PEM of the authorities that probes trust besides the system's. */
  gatewayCa?: string | undefined
  /** For tests; what is left out is the product's. */
  times?: Partial<OperationTimes>
}

/** Units: milliseconds. */
const WRITES_LIMIT_MS = 15_000

/** Wires clusters and hub together and starts them; nothing is awaited. */
export function createRuntime(options: RuntimeOptions): Runtime {
  const { environment, connections } = options
  const times = { ...operationTimes, ...options.times }
  const stopping = new AbortController()
  setMaxListeners(0, stopping.signal)
  const reached = new Set<string>()
  const writes = new Set<Promise<unknown>>()
  const hub = new Hub(topic => {
    const id = sampledIn(topic)
    return id ? samplers.watch(id) : undefined
  })
  const publish = (frame: Frame) => {
    if (frame.key.startsWith('cluster/') && isLive(frame)) reached.add(frame.key)
    hub.publish(frame)
  }
  const clusters = new Map(
    connections.map(({ cluster, context, connection }) => [
      cluster,
      connectCluster({
        name: cluster,
        context,
        connection,
        namespaces: environment.HALFTONE_NAMESPACES.length ? environment.HALFTONE_NAMESPACES : null,
        gateway: gatewayOf(environment, cluster),
        readOnly: environment.HALFTONE_READ_ONLY,
        publish,
        onRelease: id => samplers.changed(id),
        isAtWork: id => operations.isAtWork(id),
        report: bug => log('error', 'a loop failed and goes on', { cluster, bug: described(bug) }),
        times: { idleMs: environment.HALFTONE_WATCH_IDLE_MS, probeMs: environment.HALFTONE_PROBE_MS },
      }),
    ]),
  )
  const samplers = createSamplers({
    factsOf: id => clusters.get(id.cluster)?.samplingFactsOf(id) ?? null,
    publish: (id, value) => hub.publish({ key: `samples/${id.cluster}/${id.namespace}/${id.name}`, value }),
    observed: (id, observed) => clusters.get(id.cluster)?.setObserved(id, observed),
    config: samplerConfigOf(options),
    now: Date.now,
  })
  const operations = new Operations({
    publish: frame => hub.publish(frame),
    changed: id => clusters.get(id.cluster)?.workChanged(id),
    keepMs: times.keepMs,
  })
  for (const cluster of clusters.values()) cluster.start()
  return {
    environment,
    clusters,
    hub,
    samplers,
    operations,
    operationTimes: times,
    stopping: stopping.signal,
    unready() {
      if (stopping.signal.aborted) return ['stopping']
      return reached.size ? [] : ['no cluster has been read yet']
    },
    async finishing(work) {
      const running = Promise.resolve(work)
      writes.add(running)
      try {
        return await running
      } finally {
        writes.delete(running)
      }
    },
    async stop() {
      stopping.abort()
      await within(WRITES_LIMIT_MS, Promise.allSettled([...writes, operations.stop(), samplers.stop()]))
      await Promise.all([...clusters.values()].map(cluster => cluster.stop()))
    },
  }
}

const isLive = ({ value }: Frame) => value !== null && 'state' in value && value.state === 'live'

function samplerConfigOf({ environment, connections, gatewayCa }: RuntimeOptions): SamplerConfig {
  return {
    sampling: environment.HALFTONE_SAMPLING ? 'on' : 'off',
    dueMs: environment.HALFTONE_DUE_MS,
    gateways: environment.HALFTONE_GATEWAYS,
    gatewayInsecure: environment.HALFTONE_GATEWAY_INSECURE,
    version: packageInfo.version,
    apiServers: connections.map(({ connection }) => connection.server),
    ...(gatewayCa !== undefined && { gatewayCa }),
  }
}

/** Where the probes of a cluster go by default: its own entry before the one for all clusters. */
function gatewayOf({ HALFTONE_GATEWAYS: gateways }: Environment, cluster: string): { url: string } | null {
  const found =
    gateways.find(each => each.cluster === cluster) ?? gateways.find(each => each.cluster === null)
  return found ? { url: found.url } : null
}

async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise(resolve => {
    timer = setTimeout(resolve, limitMs)
  })
  await Promise.race([work, limit])
  clearTimeout(timer)
}

/** `instrumentation.ts` and every route handler have their own copy of this module: the process has one runtime. */
const PLACE = Symbol.for('halftone.runtime')

/** Makes this the runtime of the process. */
export function setRuntime(runtime: Runtime): void {
  Reflect.set(globalThis, PLACE, runtime)
}

/** The runtime of the process. Errors: thrown before `instrumentation.ts` has started it. */
export function runtime(): Runtime {
  const held: Runtime | undefined = Reflect.get(globalThis, PLACE)
  if (!held) throw new Error('The runtime has not been started')
  return held
}
