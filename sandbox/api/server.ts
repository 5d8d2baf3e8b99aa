import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { Socket } from 'node:net'
import { type User, users } from './access'
import { addressOf } from './address'
import { answerBeside } from './beside'
import type { Certificate } from './certificate'
import { answer, dispatch, type Parts } from './dispatch'
import { Faults, type Victim } from './faults'
import type { Tokens } from './kubeconfig'
import { Lister } from './listing'
import { Refusal } from './refusal'
import { Resources } from './resources'
import { isHit, Watches } from './watches'
import type { Writer } from './writer'

export type ApiServerOptions = {
  writer: Writer
  tokens: Tokens
  certificate: Certificate
  port: number
  bookmarkMs: number
  faults?: Faults
}

const KEEP_ALIVE_MS = 120_000

/** The embedded cluster's API server, on 127.0.0.1 over HTTPS. */
export class ApiServer {
  readonly faults: Faults
  /** How many requests each token has sent; watches count when they begin. */
  readonly requests: Record<User['token'], number> = { admin: 0, halftone: 0, internal: 0, none: 0 }
  readonly #server: Server
  readonly #sockets = new Map<Socket, User | undefined>()
  readonly #parts: Parts
  readonly #byToken: ReadonlyMap<string, User>
  #port: number

  constructor({ writer, tokens, certificate, port, bookmarkMs, faults = new Faults() }: ApiServerOptions) {
    this.faults = faults
    this.#port = port
    this.#byToken = new Map<string, User>([
      [tokens.admin, users.admin],
      [tokens.halftone, users.halftone],
      [tokens.internal, users.internal],
    ])
    const { store, clock } = writer
    const watches = new Watches(store, faults, bookmarkMs)
    this.#parts = { resources: new Resources(writer), lister: new Lister(store), watches, faults, clock }
    this.#server = createServer({ ...certificate, ALPNProtocols: ['http/1.1'] }, (request, response) => {
      void this.#serve(request, response)
    })
    this.#server.keepAliveTimeout = KEEP_ALIVE_MS
    this.#server.on('secureConnection', socket => {
      this.#sockets.set(socket, undefined)
      socket.on('close', () => this.#sockets.delete(socket))
      socket.on('error', () => socket.destroy())
    })
  }

  get url(): string {
    return `https://127.0.0.1:${this.#port}`
  }

  /** Listens; again on the same port after `close`. */
  async open(): Promise<void> {
    if (this.#server.listening) return
    this.#server.listen(this.#port, '127.0.0.1')
    await once(this.#server, 'listening')
    const address = this.#server.address()
    if (typeof address === 'object' && address) this.#port = address.port
  }

  /** Stops listening and drops every connection. */
  async close(): Promise<void> {
    if (!this.#server.listening) return
    this.#server.close()
    for (const socket of this.#sockets.keys()) socket.destroy()
    await once(this.#server, 'close')
  }

  /** Drops every connection of a victim. */
  drop(victim: Victim): void {
    for (const [socket, user] of this.#sockets) if (user && isHit(user, victim)) socket.destroy()
  }

  /** Cuts every watch of a victim. */
  cutWatches(victim: Victim): void {
    this.#parts.watches.cut(victim)
  }

  /** Makes every resourceVersion and continue token too old. */
  expire(): void {
    this.#parts.watches.forget()
    this.#parts.lister.forget()
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#handle(request, response)
    } catch (error) {
      if (response.headersSent) return void response.destroy()
      const refusal = error instanceof Refusal ? error : unforeseen(error)
      if (refusal.retryAfterS !== undefined) response.setHeader('retry-after', String(refusal.retryAfterS))
      request.resume()
      answer(response, refusal.code, refusal.body())
    }
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const user = this.#userOf(request)
    this.requests[user.token] += 1
    this.#sockets.set(request.socket, user)
    const url = urlOf(request, this.url)
    const address = addressOf(url.pathname)
    await this.faults.pass(user, address?.kind)
    this.#failOnRequest(user)
    if (address) return dispatch(this.#parts, { request, response, url, user, address })
    answerBeside(request, response, url, user)
  }

  #userOf({ headers }: IncomingMessage): User {
    const [, token] = /^Bearer (.+)$/i.exec(headers.authorization ?? '') ?? []
    if (token === undefined) return users.anonymous
    const user = this.#byToken.get(token)
    if (!user) throw new Refusal('Unauthorized', 'Unauthorized')
    return user
  }

  #failOnRequest(user: User): void {
    const wanted = this.faults.answerFor(user)
    if (!wanted) return
    const reason =
      wanted.status === 429
        ? 'TooManyRequests'
        : wanted.status === 503
          ? 'ServiceUnavailable'
          : 'InternalError'
    throw new Refusal(reason, 'The sandbox was asked to refuse this request', undefined, wanted.retryAfter)
  }
}

function urlOf({ url = '/' }: IncomingMessage, base: string): URL {
  if (!URL.canParse(url, base)) throw new Refusal('BadRequest', 'the request has no valid path')
  return new URL(url, base)
}

function unforeseen(error: unknown): Refusal {
  process.stderr.write(`sandbox: ${error instanceof Error ? error.stack : String(error)}\n`)
  return new Refusal('InternalError', 'Internal error occurred: see the output of the sandbox')
}
