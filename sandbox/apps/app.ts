import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Behaviour } from './behaviour'
import { pageOf } from './page'

const ENDLESS_PAUSE_MS = 100
const KEEP_ALIVE_MS = 75_000

/** A demo application: a real HTTP server on a loopback port of its own. */
export class App {
  readonly #server: Server
  readonly #behaviour: Behaviour
  readonly #pod: string
  #port = 0

  constructor(behaviour: Behaviour, pod: string) {
    this.#behaviour = behaviour
    this.#pod = pod
    this.#server = createServer((request, response) => this.#serve(request, response))
    this.#server.keepAliveTimeout = KEEP_ALIVE_MS
  }

  get port(): number {
    return this.#port
  }

  /** Begins to listen, on the given port if it is free, else on any. */
  async start(port = 0): Promise<void> {
    try {
      this.#server.listen(port, '127.0.0.1')
      await once(this.#server, 'listening')
    } catch (error) {
      if (port === 0) throw error
      return this.start()
    }
    const address = this.#server.address()
    if (typeof address === 'object' && address) this.#port = address.port
  }

  /** Closes the port; requests under way may still end within `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    if (!this.#server.listening) return
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeIdleConnections()
    const limit = setTimeout(() => this.#server.closeAllConnections(), graceMs)
    await closed
    clearTimeout(limit)
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const { hangs, latencyMs } = this.#behaviour
    request.resume()
    if (hangs) return
    if (latencyMs === 0) return void this.#answer(request, response)
    const late = setTimeout(() => this.#answer(request, response), latencyMs)
    response.on('close', () => clearTimeout(late))
  }

  #answer({ headers }: IncomingMessage, response: ServerResponse): void {
    const { text, fixed, errorRate, showsPod, wantsLogin, isEndless } = this.#behaviour
    if (showsPod) response.setHeader('x-pod-name', this.#pod)
    if (errorRate > 0 && Math.random() < errorRate)
      return void send(response, 500, 'text/plain', 'internal error\n')
    if (wantsLogin) return void send(response, 401, 'text/plain', 'please log in\n')
    if (isEndless) return void endless(response, text)
    if (fixed) return void send(response, 200, fixed.type, fixed.body)
    const isBrowser = (headers.accept ?? '').includes('text/html')
    if (!isBrowser) return void send(response, 200, 'text/plain', text)
    send(response, 200, 'text/html; charset=utf-8', pageOf(text, showsPod ? this.#pod : undefined, headers))
  }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  })
  response.end(body)
}

function endless(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'text/plain' })
  const more = setInterval(() => response.write(`${text}\n`), ENDLESS_PAUSE_MS)
  response.on('close', () => clearInterval(more))
}
