import { createServer, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Agent } from 'undici'
import { type Certificate, newCertificate } from '@/sandbox/api/certificate'
import { Clock } from '@/sandbox/api/clock'
import { newTokens, type Tokens } from '@/sandbox/api/kubeconfig'
import { ApiServer } from '@/sandbox/api/server'
import { Store } from '@/sandbox/api/store'
import { Writer } from '@/sandbox/api/writer'
import { type Gateway, startGateway } from '@/sandbox/gateway/gateway'
import { closed, listening, portOf } from '@/sandbox/gateway/listen'
import { classOf } from '@/sandbox/world/objects'

const LONG_MS = 3_600_000
const PATIENCE_MS = 10_000

/** An API server without webhook, gateways without delay, and one small server per Service, all over real sockets. */
export class Stand {
  readonly #agent: Agent
  readonly #api: ApiServer
  readonly #clock: Clock
  readonly #tokens: Tokens
  readonly #certificate: Certificate
  readonly #gateways = new Map<boolean, Gateway>()
  readonly #services: Server[] = []
  #number = 0

  private constructor(api: ApiServer, clock: Clock, access: { tokens: Tokens; certificate: Certificate }) {
    this.#api = api
    this.#clock = clock
    this.#tokens = access.tokens
    this.#certificate = access.certificate
    this.#agent = new Agent({ connect: { ca: access.certificate.cert } })
  }

  static async open(): Promise<Stand> {
    const access = { tokens: newTokens(), certificate: await newCertificate() }
    const clock = new Clock()
    const api = new ApiServer({
      ...access,
      writer: new Writer(new Store(), clock),
      port: 0,
      bookmarkMs: LONG_MS,
    })
    await api.open()
    const stand = new Stand(api, clock, access)
    await stand.create(
      '/apis/networking.k8s.io/v1/ingressclasses',
      classOf('nginx', 'k8s.io/ingress-nginx', true),
    )
    return stand
  }

  async close(): Promise<void> {
    await Promise.all([...this.#gateways.values()].map(gateway => gateway.stop()))
    await Promise.all([this.#api.close(), this.#agent.destroy(), ...this.#services.map(closed)])
  }

  /** Where its API server answers, and with what one may ask it. */
  get access(): { url: string; token: string; ca: string } {
    return { url: this.#api.url, token: this.#tokens.admin, ca: this.#certificate.cert }
  }

  /** A number that no case had before. */
  nextNumber = (): number => ++this.#number

  /** Sets the cluster's clock: what is created next is that old. */
  setClock(epochMs: number): void {
    this.#clock.set(epochMs)
  }

  /** Writes to the API server; returns the version written. Errors: throws what the API server says. */
  async #send(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<bigint> {
    const answer = await this.#agent.request({
      origin: this.#api.url,
      path,
      method,
      headers: {
        authorization: `Bearer ${this.#tokens.admin}`,
        'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
      },
      body: body === undefined ? null : JSON.stringify(body),
    })
    const text = await answer.body.text()
    if (answer.statusCode > 299) throw new Error(`the API server answered ${answer.statusCode}: ${text}`)
    return BigInt(/"resourceVersion":"(\d+)"/.exec(text)?.[1] ?? 0)
  }

  create = (path: string, object: object): Promise<bigint> => this.#send('POST', path, object)
  patch = (path: string, body: object): Promise<bigint> => this.#send('PATCH', path, body)
  remove = (path: string): Promise<bigint> => this.#send('DELETE', path)

  /** A server on loopback that answers `text` to everything. */
  async listenFor(text: string): Promise<number> {
    const server = createServer((request, response) => {
      request.resume()
      response.end(text)
    })
    this.#services.push(await listening(server, 0))
    return portOf(server)
  }

  /** The port of a gateway with or without annotation validation, once it routes by `version`. */
  async gatewayAt(version: bigint, annotationValidation: boolean): Promise<number> {
    const gateway =
      this.#gateways.get(annotationValidation) ?? (await this.#openGateway(annotationValidation))
    const giveUpAt = performance.now() + PATIENCE_MS
    while (gateway.applied().some(each => BigInt(each || 0) < version)) {
      if (performance.now() > giveUpAt) throw new Error(`the gateway has not applied version ${version}`)
      await sleep(1)
    }
    return Number(new URL(gateway.url).port)
  }

  async #openGateway(annotationValidation: boolean): Promise<Gateway> {
    const api = { url: this.#api.url, token: this.#tokens.internal, ca: this.#certificate.cert }
    const gateway = await startGateway({ api, syncDelayMs: 0, annotationValidation })
    this.#gateways.set(annotationValidation, gateway)
    return gateway
  }
}
