import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { fieldsOf, textOf } from '@/lib/domain/raw'
import { bytesIn, parsedJson } from '../api/body'
import type { Clock } from '../api/clock'
import type { Fields } from '../api/object'
import { Refusal } from '../api/refusal'
import type { ApiServer } from '../api/server'
import type { Room } from '../controllers/room'
import { resetFaults, setFaults } from './faults'

/** What the admin address can reach. `version` is that of the latest change of anything. */
export type AdminOptions = {
  port: number
  api: ApiServer
  clock: Clock
  version: () => string
  /** Newest version that each gateway replica has taken in. */
  applied: () => readonly string[]
  gateway: { shut(): Promise<void>; open(): Promise<void> }
  room: Room
  /** Texts for whoever watches, by path: the gateway's metrics and access log. */
  pages?: Readonly<Record<string, () => string>>
}

/** The admin address while it is open. */
export type Admin = { url: string; stop(): Promise<void> }

/**
 * Opens the address that makes the sandbox misbehave, on loopback only; its verbs are listed in docs/sandbox.md.
 * Limits: a request that a browser page sends is refused, so that no page can reach it.
 */
export async function startAdmin(options: AdminOptions): Promise<Admin> {
  const server = createServer((request, response) => {
    void serve(options, request, response)
  })
  server.listen(options.port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : options.port
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

async function serve(
  options: AdminOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (request.headers.origin !== undefined) throw new Refusal('Forbidden', 'no page may use this address')
    const page = request.method === 'GET' ? options.pages?.[request.url ?? ''] : undefined
    if (page) {
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })
      response.end(page())
    } else reply(response, 200, await act(options, request))
  } catch (error) {
    const code = error instanceof Refusal ? error.code : 500
    reply(response, code, { error: error instanceof Error ? error.message : String(error) })
  }
}

function reply(response: ServerResponse, status: number, body: Fields): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(`${JSON.stringify(body)}\n`)
}

async function act(options: AdminOptions, request: IncomingMessage): Promise<Fields> {
  const { api, clock } = options
  const what = `${request.method} ${new URL(request.url ?? '/', 'http://sandbox').pathname}`
  if (what === 'GET /applied') return { applied: options.applied(), version: options.version() }
  if (what === 'GET /requests') return { ...api.requests }
  if (what === 'GET /clock') return { now: clock.nowIso(), nowMs: clock.nowMs() }
  const body = fieldsOf(parsedJson((await bytesIn(request)).toString() || '{}'))
  if (what === 'POST /faults') return setFaults(options, body)
  if (what === 'POST /faults/reset') return resetFaults(options)
  if (what === 'POST /clock') return moveClock(clock, body)
  throw new Refusal('NotFound', 'see docs/sandbox.md for what this address can do')
}

function moveClock(clock: Clock, { byMs, to }: Fields): Fields {
  const epochMs = typeof to === 'number' ? to : Date.parse(textOf(to))
  if (typeof byMs === 'number' && Number.isFinite(byMs)) clock.shift(byMs)
  else if (Number.isFinite(epochMs)) clock.set(epochMs)
  else throw new Refusal('BadRequest', 'give byMs (a number) or to (a time)')
  return { now: clock.nowIso(), nowMs: clock.nowMs() }
}
