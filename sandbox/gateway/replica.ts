import type { IncomingMessage } from 'node:http'
import type { Agent } from 'undici'
import { type AccessLog, accessLog, upstreamNameOf } from './access-log'
import type { Aim, BackendAim } from './aim'
import { type Clock, clockOf, type SyncDelay, WORKERS } from './clock'
import { type Config, heldAfter } from './config'
import { forwardAgent } from './forward'
import type { Via } from './headers'
import { type RequestMetrics, requestMetrics } from './metrics'
import type { Told } from './proxy'

/** One finished request, with everything that is worth counting. */
export type Finished = { aim: Aim; told: Told; via: Via; request: IncomingMessage; seconds: number }

/** One gateway with a clock, workers and counters of its own. */
export type Replica = {
  clock: Clock
  agent: Agent
  log: AccessLog
  metrics: RequestMetrics
  /** What the worker of this connection routes by. */
  config: (connection: object) => Config | undefined
  /** The version that the worker furthest behind routes by; "" before the first. */
  version: () => string
  nextPeer: (aim: BackendAim) => string
  record: (finished: Finished) => void
}

/** What a replica is told: its number, how late it is, how to read the cluster, and whom to tell of a configuration. */
export type ReplicaWish = {
  number: number
  delay: SyncDelay
  read: () => Config
  applied: (config: Config) => void
}

const canaryName = (aim: Aim): string =>
  aim.kind === 'backend' && aim.decision.to === 'canary' ? upstreamNameOf(aim.backend) : ''

function roundRobin() {
  const turns = new Map<string, number>()
  return ({ backend, peers }: BackendAim): string => {
    const key = upstreamNameOf(backend)
    const turn = turns.get(key) ?? Math.floor(Math.random() * peers.length)
    turns.set(key, turn + 1)
    return peers[turn % peers.length] ?? ''
  }
}

function recorder(log: AccessLog, metrics: RequestMetrics) {
  return ({ aim, told, via, request, seconds }: Finished): void => {
    const { location } = aim
    const main = location && { ...location.backend, namespace: location.ingress.namespace }
    const canary = canaryName(aim)
    const { method = 'GET', url = '/', httpVersion, headers } = request
    const requestBytes = request.rawHeaders.join('    ').length + Number(headers['content-length'] ?? 0)
    log.record({
      client: via.client,
      request: `${method} ${url} HTTP/${httpVersion}`,
      status: told.status,
      bytes: told.bytes,
      requestBytes,
      seconds,
      referer: headers.referer ?? '',
      agent: headers['user-agent'] ?? '',
      upstream: main ? upstreamNameOf(main) : 'upstream-default-backend',
      alternative: canary,
      peers: told.peers,
      id: via.id,
    })
    metrics.record({
      status: told.status,
      method,
      path: location?.path ?? '',
      host: location ? location.host || '_' : '_',
      namespace: location?.ingress.namespace ?? '',
      ingress: location?.ingress.name ?? '',
      service: location?.backend.service ?? '',
      canary,
      requestSeconds: seconds,
      headerSeconds: told.headerSeconds,
      upstreamSeconds: told.upstreamSeconds,
      requestBytes,
      responseBytes: told.bytes,
    })
  }
}

/** Hands each connection to one worker, for as long as it lasts. Source: nginx, listen … reuseport. */
function workerOf() {
  const workers = new WeakMap<object, number>()
  return (connection: object): number => {
    const worker = workers.get(connection) ?? Math.floor(Math.random() * WORKERS)
    workers.set(connection, worker)
    return worker
  }
}

const older = (a: string, b: string) => (BigInt(a || 0) < BigInt(b || 0) ? a : b)

/** Starts one replica; it is in effect once its clock was told of a change. */
export function replicaOf({ number, delay, read, applied }: ReplicaWish): Replica {
  let held: Config | undefined
  const active: (Config | undefined)[] = Array.from({ length: WORKERS })
  const of = workerOf()
  const log = accessLog()
  const metrics = requestMetrics(number)
  const clock = clockOf(delay, {
    sync() {
      held = heldAfter(held, read())
    },
    apply(worker) {
      active[worker] = held
      if (held && worker === 0) applied(held)
    },
  })
  return {
    clock,
    agent: forwardAgent(),
    log,
    metrics,
    config: connection => active[of(connection)],
    version: () => active.map(each => each?.version ?? '').reduce(older),
    nextPeer: roundRobin(),
    record: recorder(log, metrics),
  }
}
