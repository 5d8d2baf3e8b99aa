import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { Agent, request } from 'undici'
import { vi } from 'vitest'
import { newCertificate } from '@/sandbox/api/certificate'
import { Clock } from '@/sandbox/api/clock'
import { newTokens } from '@/sandbox/api/kubeconfig'
import { ApiServer } from '@/sandbox/api/server'
import { Store } from '@/sandbox/api/store'
import { Writer } from '@/sandbox/api/writer'
import { type Gateway, type GatewayOptions, startGateway } from '@/sandbox/gateway/gateway'
import { closed, listening, portOf } from '@/sandbox/gateway/listen'
import { classOf, type IngressWish, ingressOf, type Manifest, namespaceOf } from '@/sandbox/world/objects'

const GROUPS: Record<string, string> = {
  Namespace: '/api/v1/namespaces',
  Service: '/api/v1/namespaces/default/services',
  EndpointSlice: '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices',
  Ingress: '/apis/networking.k8s.io/v1/namespaces/default/ingresses',
  IngressClass: '/apis/networking.k8s.io/v1/ingressclasses',
}

type Pod = { handle: RequestListener; upgrade?: (request: IncomingMessage, socket: Duplex) => void }

/** An API server and a gateway over real sockets, with pods that are whatever a test says. */
export class Stage {
  readonly #agent: Agent
  readonly #token: string
  readonly #pods: Server[] = []
  readonly api: ApiServer
  readonly gateway: Gateway

  private constructor(api: ApiServer, gateway: Gateway, { agent, token }: { agent: Agent; token: string }) {
    this.api = api
    this.gateway = gateway
    this.#agent = agent
    this.#token = token
  }

  static async open(options: Omit<GatewayOptions, 'api'> = {}): Promise<Stage> {
    const certificate = await newCertificate()
    const tokens = newTokens()
    const writer = new Writer(new Store(), new Clock())
    const api = new ApiServer({ writer, tokens, certificate, port: 0, bookmarkMs: 1_000 })
    await api.open()
    const access = { url: api.url, token: tokens.internal, ca: certificate.cert }
    const gateway = await startGateway({ ...options, api: access })
    const agent = new Agent({ connect: { ca: certificate.cert } })
    const stage = new Stage(api, gateway, { agent, token: tokens.admin })
    await stage.make(namespaceOf('default'))
    await stage.make(classOf('nginx', 'k8s.io/ingress-nginx', true))
    return stage
  }

  async close(): Promise<void> {
    await this.gateway.stop()
    await Promise.all([this.api.close(), this.#agent.destroy(), ...this.#pods.map(closed)])
  }

  async call(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<unknown> {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
    const answer = await request(this.api.url + path, {
      dispatcher: this.#agent,
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': type },
      body: body ? JSON.stringify(body) : null,
    })
    const text = await answer.body.text()
    if (answer.statusCode > 299) throw new Error(`${method} ${path}: ${text}`)
    return JSON.parse(text)
  }

  make(manifest: Manifest | object): Promise<unknown> {
    const kind = 'kind' in manifest ? String(manifest.kind) : ''
    return this.call('POST', GROUPS[kind] ?? '', manifest)
  }

  /** A Service on port 80 with one pod per handler, each listening on a port of its own. */
  async serve(name: string, ...pods: (Pod | RequestListener)[]): Promise<void> {
    await this.make({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name },
      spec: { ports: [{ port: 80 }] },
    })
    for (const [at, pod] of pods.entries()) {
      const { handle, upgrade }: Pod = typeof pod === 'function' ? { handle: pod } : pod
      const server = createServer(handle)
      if (upgrade) server.on('upgrade', upgrade)
      this.#pods.push(await listening(server, 0))
      await this.make(sliceOf(name, at, portOf(server)))
    }
  }

  ingress(wish: Omit<IngressWish, 'namespace'>, spec: object = {}): Promise<unknown> {
    const manifest = ingressOf({ namespace: 'default', ...wish })
    return this.make({ ...manifest, spec: { ...manifest.spec, ...spec } })
  }

  annotate(name: string, annotations: Record<string, string | null>): Promise<unknown> {
    const entries = Object.entries(annotations).map(([key, value]) => [
      `nginx.ingress.kubernetes.io/${key}`,
      value,
    ])
    return this.call('PATCH', `${GROUPS.Ingress}/${name}`, {
      metadata: { annotations: Object.fromEntries(entries) },
    })
  }

  /** Waits until every replica routes by this answer's version, or a later one. */
  async settled(written: unknown): Promise<void> {
    const version = BigInt(/"resourceVersion":"(\d+)"/.exec(JSON.stringify(written))?.[1] ?? 0)
    await vi.waitFor(() => {
      if (this.gateway.applied().some(each => BigInt(each || 0) < version)) throw new Error('not yet')
    })
  }

  async get(path: string, headers: Record<string, string> = {}, method = 'GET') {
    const answer = await request(this.gateway.url + path, { headers, method })
    return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() }
  }

  /** Sends bytes as they are and hears until the far side closes; `leaves` closes this side at once. */
  raw(bytes: string, leaves = false): Promise<string> {
    return new Promise(resolve => {
      const socket = connect(Number(new URL(this.gateway.url).port), '127.0.0.1')
      let heard = ''
      socket.setEncoding('latin1').on('data', chunk => {
        heard += chunk
      })
      socket.on('error', () => undefined).on('close', () => resolve(heard))
      socket.write(bytes, 'latin1')
      if (leaves) socket.end()
    })
  }
}

const sliceOf = (service: string, at: number, port: number) => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: `${service}-${at}`, labels: { 'kubernetes.io/service-name': service } },
  addressType: 'IPv4',
  ports: [{ name: '', port, protocol: 'TCP' }],
  endpoints: [{ addresses: ['127.0.0.1'], conditions: { ready: true } }],
})

/** A pod that answers a text and the path it was asked for. */
export const saying =
  (text: string): RequestListener =>
  (request, response) => {
    request.resume()
    response.end(`${text} ${request.url}`)
  }
