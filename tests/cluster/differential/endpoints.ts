import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { closed, portOf } from '@/sandbox/gateway/listen'
import { type Api, inParallel } from '@/tests/cluster/differential/api'

/** A Service to stand: `ready` gives it one endpoint, else it has none. */
export type Service = { namespace: string; name: string; ready: boolean }

/** The header in which an endpoint tells what it was asked for. */
export const ASKED = 'x-asked'

/**
 * One server that stands for every pod: it listens on all addresses and answers with the one it was reached at, so that
 * an answer names the Service it came from.
 */
export class Endpoints {
  readonly #api: Api
  readonly #net: string
  readonly #server: Server
  readonly #made = new Set<string>()
  readonly #addressOf = new Map<string, string>()
  readonly #serviceAt = new Map<string, string>()

  private constructor(api: Api, net: string, server: Server) {
    this.#api = api
    this.#net = net
    this.#server = server
  }

  /** Limits: `net` is the first half of an IPv4 network, all of which must lead to this machine. */
  static async open(api: Api, { net, port }: { net: string; port: number }): Promise<Endpoints> {
    const server = createServer((request, response) => {
      request.resume()
      response.setHeader(ASKED, request.url ?? '')
      response.end(request.socket.localAddress?.replace('::ffff:', '') ?? '')
    })
    server.keepAliveTimeout = 75_000
    server.listen(port, '0.0.0.0')
    await once(server, 'listening')
    return new Endpoints(api, net, server)
  }

  close = (): Promise<void> => closed(this.#server)

  /** Who stands at an address: "namespace/service", else the address itself. */
  nameAt = (address: string): string => this.#serviceAt.get(address) ?? address

  /** The addresses behind a Service's port. */
  peersOf = (namespace: string, { service, port }: { service: string; port: string }): readonly string[] => {
    const address = this.#addressOf.get(`${namespace}/${service}`)
    return address && ['80', 'http', '8080', ''].includes(port) ? [address] : []
  }

  /** Makes Services that do not stand yet. Limits: a name keeps its state for good. */
  ensure(services: readonly Service[]): Promise<void> {
    const isNew = ({ namespace, name }: Service) => {
      const key = `${namespace}/${name}`
      return !this.#made.has(key) && Boolean(this.#made.add(key))
    }
    return inParallel(services.filter(isNew), service => this.#make(service))
  }

  #newAddress(name: string): string {
    const number = this.#addressOf.size
    const address = `${this.#net}.${Math.floor(number / 250)}.${(number % 250) + 1}`
    this.#addressOf.set(name, address)
    this.#serviceAt.set(address, name)
    return address
  }

  async #make({ namespace, name, ready }: Service): Promise<void> {
    await this.#api.create(`/api/v1/namespaces/${namespace}/services`, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name },
      spec: { ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
    })
    const addresses = ready ? [this.#newAddress(`${namespace}/${name}`)] : []
    await this.#api.create(`/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`, {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: `${name}-1`, labels: { 'kubernetes.io/service-name': name } },
      addressType: 'IPv4',
      endpoints: addresses.map(address => ({ addresses: [address], conditions: { ready: true } })),
      ports: [{ name: 'http', port: portOf(this.#server), protocol: 'TCP' }],
    })
  }
}
