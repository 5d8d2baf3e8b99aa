import { Agent } from 'undici'
import type { SyncDelay } from './clock'
import { configReader, type Kinds } from './config'
import { type Doors, openDoors } from './doors'
import { closed, listening, portOf } from './listen'
import { type Replica, replicaOf } from './replica'
import { addressPublisher } from './status'
import { type Api, type Kept, keep } from './watch'

const PATHS: Record<keyof Kinds, string> = {
  ingresses: '/apis/networking.k8s.io/v1/ingresses',
  classes: '/apis/networking.k8s.io/v1/ingressclasses',
  services: '/api/v1/services',
  slices: '/apis/discovery.k8s.io/v1/endpointslices',
}

/** How the gateway is run. Ports may be 0; replicas after the first take any free port. */
export type GatewayOptions = {
  api: { url: string; token: string; ca: string }
  port?: number
  httpsPort?: number
  syncDelayMs?: SyncDelay
  replicas?: number
  annotationValidation?: boolean
}

/** A running gateway. `applied` tells for each replica the newest resourceVersion it routes by, "" before the first. */
export type Gateway = {
  url: string
  httpsUrl: string
  urls: string[]
  applied: () => string[]
  /** All replicas' request metrics in Prometheus' text form. */
  metrics: () => string
  /** The last requests of all replicas in the controller's log format. */
  accessLog: () => string
  /** Leaves the network: connections are dropped and new ones refused, until it is opened again at the same ports. */
  shut: () => Promise<void>
  open: () => Promise<void>
  stop: () => Promise<void>
}

const nothing = (): Kept => ({ items: new Map(), version: '', changedAt: '' })

function keepAll(api: Api, kinds: Kinds, changed: () => void, signal: AbortSignal): Promise<unknown> {
  const complete = () => Object.values(kinds).every(kind => kind.version !== '')
  const tell = () => complete() && changed()
  return Promise.all([
    keep(api, PATHS.ingresses, kinds.ingresses, tell, signal),
    keep(api, PATHS.classes, kinds.classes, tell, signal),
    keep(api, PATHS.services, kinds.services, tell, signal),
    keep(api, PATHS.slices, kinds.slices, tell, signal),
  ])
}

const urlOf = (scheme: keyof Doors, doors: Doors | undefined): string =>
  doors ? `${scheme}://127.0.0.1:${portOf(doors[scheme])}` : ''

/**
 * Starts the sandbox's gateway: an HTTP and HTTPS reverse proxy on loopback that obeys Ingresses as ingress-nginx does.
 * Each replica has a port and a clock of its own; only the first writes addresses into the cluster.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const {
    port = 0,
    httpsPort = 0,
    syncDelayMs = 0,
    replicas: count = 1,
    annotationValidation = true,
  } = options
  const agent = new Agent({ connect: { ca: options.api.ca }, headersTimeout: 10_000 })
  const api: Api = { url: options.api.url, token: options.api.token, agent }
  const kinds: Kinds = { ingresses: nothing(), classes: nothing(), services: nothing(), slices: nothing() }
  const read = configReader(kinds, { annotationValidation })
  const stopping = new AbortController()

  const publish = addressPublisher(api, stopping.signal)
  const replicas: Replica[] = Array.from({ length: Math.max(1, count) }, (_, number) =>
    replicaOf({
      number,
      delay: syncDelayMs,
      read,
      applied: config => number === 0 && publish(config),
    }),
  )
  const doors = await Promise.all(
    replicas.map((replica, at) =>
      openDoors(replica, { http: at === 0 ? port : 0, https: at === 0 ? httpsPort : 0 }),
    ),
  )
  const kept = keepAll(api, kinds, () => replicas.map(each => each.clock.changed()), stopping.signal)

  const servers = doors
    .flatMap(({ http, https }) => [http, https])
    .map(server => ({ server, port: portOf(server) }))
  const shut = async () => {
    await Promise.all(servers.map(({ server }) => closed(server)))
  }
  const urls = doors.map(each => urlOf('http', each))
  return {
    url: urls[0] ?? '',
    httpsUrl: urlOf('https', doors[0]),
    urls,
    applied: () => replicas.map(each => each.version()),
    metrics: () => replicas.map(each => each.metrics.text()).join(''),
    accessLog: () => replicas.flatMap(each => each.log.lines()).join('\n'),
    shut,
    async open() {
      for (const { server, port } of servers) if (!server.listening) await listening(server, port)
    },
    async stop() {
      stopping.abort()
      for (const each of replicas) each.clock.stop()
      await shut()
      await Promise.all([kept, ...replicas.map(each => each.agent.destroy())])
      await agent.destroy()
    },
  }
}
