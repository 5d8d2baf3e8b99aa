import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { KubeConfig } from '@kubernetes/client-node'

type Metadata = { name: string; namespace?: string; uid?: string; resourceVersion?: string }
export type Manifest = { metadata: Metadata; [field: string]: unknown }
type Asked = {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  port: number | undefined
  atMs: number
}
type Override = { status: number; body?: unknown; headers?: Record<string, string> } | 'hang' | 'default'

/** A tiny API server of one kind, over a real socket, that misbehaves on request. */
export class FarSide {
  asked: Asked[] = []
  objects = new Map<string, Manifest>()
  version = 100
  /** Decides before the default answer. */
  override: (asked: Asked) => Override = () => 'default'
  #watches = new Set<ServerResponse>()
  #server = createServer((request, response) => this.#answer(request, response))

  async start(host = '127.0.0.1'): Promise<this> {
    await new Promise<void>(done => this.#server.listen(0, host, done))
    return this
  }

  get url(): string {
    const { address, port } = this.#server.address() as AddressInfo
    return address.includes(':') ? `http://[${address}]:${port}` : `http://${address}:${port}`
  }

  /** A kubeconfig that leads here, with a token. */
  get config(): KubeConfig {
    const config = new KubeConfig()
    config.loadFromOptions({
      clusters: [{ name: 'far', server: this.url, skipTLSVerify: false }],
      users: [{ name: 'me', token: 'secret-token' }],
      contexts: [{ name: 'far', cluster: 'far', user: 'me' }],
      currentContext: 'far',
    })
    return config
  }

  get watches(): number {
    return this.#watches.size
  }

  /** Stores an object without telling any watch, as when its event is lost. */
  keep(name: string, more: Record<string, unknown> = {}): Manifest {
    this.version += 1
    const metadata = {
      namespace: 'shop',
      name,
      uid: `uid-${name}`,
      resourceVersion: String(this.version),
      ...((more.metadata as object | undefined) ?? {}),
    }
    const object = { ...more, metadata }
    this.objects.set(name, object)
    return object
  }

  put(name: string, more: Record<string, unknown> = {}): Manifest {
    const type = this.objects.has(name) ? 'MODIFIED' : 'ADDED'
    const object = this.keep(name, more)
    this.send(type, object)
    return object
  }

  remove(name: string): void {
    const object = this.objects.get(name)
    this.version += 1
    this.objects.delete(name)
    if (object) {
      const metadata = { ...object.metadata, resourceVersion: String(this.version) }
      this.send('DELETED', { ...object, metadata })
    }
  }

  bookmark(): void {
    this.send('BOOKMARK', { metadata: { name: '', resourceVersion: String(this.version) } })
  }

  send(type: string, object: unknown): void {
    this.sendRaw(`${JSON.stringify({ type, object })}\n`)
  }

  sendRaw(text: string): void {
    for (const watch of this.#watches) watch.write(text)
  }

  /** Ends all watches, as a server does after timeoutSeconds; `hard` cuts the connections. */
  cut({ hard = false } = {}): void {
    for (const watch of this.#watches) hard ? watch.destroy() : watch.end()
    this.#watches.clear()
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise(done => this.#server.close(done))
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://far')
    const asked = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      port: request.socket.remotePort,
      atMs: performance.now(),
    }
    this.asked.push(asked)
    const override = this.override(asked)
    if (override === 'hang') return
    if (override !== 'default') {
      response.writeHead(override.status, { 'content-type': 'application/json', ...override.headers })
      response.end(`${JSON.stringify(override.body ?? {})}\n`)
    } else if (url.pathname === '/readyz') response.end('ok')
    else if (url.searchParams.get('watch') === 'true') this.#openWatch(response)
    else this.#list(url.searchParams, response)
  }

  #openWatch(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.flushHeaders()
    this.#watches.add(response)
    response.on('close', () => this.#watches.delete(response))
  }

  #list(query: URLSearchParams, response: ServerResponse): void {
    const all = [...this.objects.values()]
    const start = Number(query.get('continue') ?? 0)
    const end = start + Number(query.get('limit') ?? all.length)
    const metadata = {
      resourceVersion: String(this.version),
      ...(end < all.length && { continue: String(end) }),
    }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ kind: 'List', metadata, items: all.slice(start, end) }))
  }
}
