import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Agent, request } from 'undici'
import { type Heard, hear } from '@/tests/cluster/controller/hear'
import { prefixed, ruleOf, type Wish } from '@/tests/cluster/controller/wish'

/** A gateway that obeys the Ingresses of a cluster, and how fast: whatever has not come about by then does not come. */
export type Place = {
  apiUrl: string
  token: string
  ca: string
  gatewayUrl: string
  /** An address of this machine that the cluster takes for one of a pod. */
  podAddress: string
  /** Units: milliseconds from a change to its effect, at most. */
  boundMs: number
  /** How often nginx was reloaded so far. */
  reloads: () => number
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'
const PATHS: Readonly<Record<string, (namespace: string) => string>> = {
  Service: namespace => `/api/v1/namespaces/${namespace}/services`,
  EndpointSlice: namespace => `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`,
  Ingress: namespace => `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses`,
}

/** A namespace of one's own on a cluster, with Services whose pods answer the Service's name. */
export class Ground {
  readonly namespace: string
  readonly boundMs: number
  readonly reloads: () => number
  readonly #place: Place
  readonly #agent: Agent
  readonly #pods: Server[] = []

  private constructor(place: Place, namespace: string) {
    this.#place = place
    this.namespace = namespace
    this.#agent = new Agent({ connect: { ca: place.ca } })
    this.boundMs = place.boundMs
    this.reloads = place.reloads
  }

  static async open(place: Place): Promise<Ground> {
    const ground = new Ground(place, `facts-${Date.now().toString(36)}`)
    const metadata = { name: ground.namespace }
    await ground.#call('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata })
    return ground
  }

  async close(): Promise<void> {
    await this.#call('DELETE', `/api/v1/namespaces/${this.namespace}`)
    await this.#agent.destroy()
    await Promise.all(this.#pods.map(pod => new Promise(resolve => pod.close(resolve))))
  }

  /** Services on port 80, each with one pod. */
  async serve(...names: string[]): Promise<void> {
    await Promise.all(
      names.map(async name => {
        const pod = createServer((asked, answer) => {
          asked.resume()
          answer.end(name)
        })
        this.#pods.push(pod)
        await new Promise<void>(resolve => pod.listen(0, '0.0.0.0', resolve))
        await this.#make('Service', { metadata: { name }, spec: { ports: [{ port: 80 }] } })
        await this.#make('EndpointSlice', {
          metadata: { name, labels: { 'kubernetes.io/service-name': name } },
          addressType: 'IPv4',
          ports: [{ name: '', port: (pod.address() as AddressInfo).port, protocol: 'TCP' }],
          endpoints: this.#endpoints(true),
        })
      }),
    )
  }

  /** Takes a Service's only endpoint away, or gives it back. */
  async setReady(service: string, isReady: boolean): Promise<void> {
    await this.#patch('EndpointSlice', service, { endpoints: this.#endpoints(isReady) })
  }

  async ingress(wish: Wish): Promise<void> {
    const { name, annotations = {} } = wish
    const spec = { ingressClassName: 'nginx', rules: [ruleOf(wish)] }
    await this.#make('Ingress', { metadata: { name, annotations: prefixed(annotations) }, spec })
  }

  /** Writes annotations; null takes one away. */
  async annotate(name: string, annotations: Readonly<Record<string, string | null>>): Promise<void> {
    await this.#patch('Ingress', name, { metadata: { annotations: prefixed(annotations) } })
  }

  async repoint({ name, ...rule }: Omit<Wish, 'annotations'>): Promise<void> {
    await this.#patch('Ingress', name, { spec: { rules: [ruleOf(rule)] } })
  }

  async remove(name: string): Promise<void> {
    await this.#call('DELETE', `${this.#path('Ingress')}/${name}`)
  }

  /** Sends one request on a connection of its own. */
  ask(host: string, headers: Readonly<Record<string, string>> = {}): Promise<Heard> {
    return hear(this.#place.gatewayUrl, { host, ...headers })
  }

  #endpoints(isReady: boolean): object[] {
    const addresses = [this.#place.podAddress]
    return isReady ? [{ addresses, conditions: { ready: true } }] : []
  }

  #path(kind: string): string {
    return PATHS[kind]?.(this.namespace) ?? ''
  }

  async #make(kind: string, manifest: object): Promise<void> {
    await this.#call('POST', this.#path(kind), manifest)
  }

  async #patch(kind: string, name: string, body: object): Promise<void> {
    await this.#call('PATCH', `${this.#path(kind)}/${name}`, body)
  }

  async #call(method: Method, path: string, body?: object): Promise<void> {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
    const answer = await request(this.#place.apiUrl + path, {
      dispatcher: this.#agent,
      method,
      headers: { authorization: `Bearer ${this.#place.token}`, 'content-type': type },
      body: body ? JSON.stringify(body) : null,
    })
    const text = await answer.body.text()
    if (answer.statusCode > 299) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`)
  }
}
