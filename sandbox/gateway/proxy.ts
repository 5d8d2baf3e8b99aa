import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { pinOf } from './affinity'
import { type Aim, type Arrived, aimOf, type BackendAim } from './aim'
import { bodyOf, forward } from './forward'
import { clientHeaders, upstreamHeaders, type Via } from './headers'
import { pageOf } from './page'
import type { Replica } from './replica'

const LARGEST_BODY = 1024 * 1024

/** What became of one request. Units: seconds, bytes. */
export type Told = {
  status: number
  bytes: number
  peers: readonly string[]
  headerSeconds: number
  upstreamSeconds: number
}

/** The door a request came through. */
export type Entry = { scheme: 'http' | 'https'; httpsPort: () => number | null }

/** What a request says of itself, before anything is decided. */
export const arrivedOf = ({ url, rawHeaders }: IncomingMessage, entry: Entry): Arrived => ({
  target: url ?? '/',
  rawHeaders,
  scheme: entry.scheme,
  httpsPort: entry.httpsPort(),
})

/** What the pods are told about how a request came. */
export const viaOf = (request: IncomingMessage, { scheme }: Entry): Via => ({
  host: request.headers.host ?? 'localhost',
  scheme,
  port: request.socket.localPort ?? (scheme === 'http' ? 80 : 443),
  client: request.socket.remoteAddress ?? '127.0.0.1',
  id: String(request.headers['x-request-id'] ?? randomBytes(16).toString('hex')),
})

function answerPage(response: ServerResponse, status: number, headers: Record<string, string> = {}): Told {
  const text = pageOf(status)
  response.writeHead(status, { 'content-type': 'text/html', 'content-length': text.length, ...headers })
  response.end(response.req.method === 'HEAD' ? undefined : text)
  return { status, bytes: text.length, peers: [], headerSeconds: 0, upstreamSeconds: 0 }
}

async function pass(replica: Replica, aim: BackendAim, via: Via, response: ServerResponse): Promise<Told> {
  const request = response.req
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const pin = pinOf(aim)
  const body = await bodyOf(request)
  const startedMs = performance.now()
  const { answer, status, peers } = await forward(
    {
      next: () => pin?.peer() ?? replica.nextPeer(aim),
      method: request.method ?? 'GET',
      path: aim.path,
      headers: upstreamHeaders(request.rawHeaders, via),
      body,
      signal: gone.signal,
    },
    replica.agent,
  )
  const sinceStart = () => (performance.now() - startedMs) / 1000
  const headerSeconds = sinceStart()
  if (!answer)
    return { ...answerPage(response, status), peers, headerSeconds, upstreamSeconds: headerSeconds }
  const cookie = pin?.setCookie() ?? null
  const headers = clientHeaders(answer.headers).concat(cookie === null ? [] : [['set-cookie', cookie]])
  response.writeHead(status, headers.flat())
  let bytes = 0
  answer.body.on('data', (chunk: Buffer) => {
    bytes += chunk.length
  })
  await pipeline(answer.body, response)
  return { status, bytes, peers, headerSeconds, upstreamSeconds: sinceStart() }
}

async function fulfil(replica: Replica, aim: Aim, via: Via, response: ServerResponse): Promise<Told> {
  if (aim.kind === 'page') return answerPage(response, aim.status)
  if (aim.kind === 'redirect') return answerPage(response, aim.status, { location: aim.to })
  if (Number(response.req.headers['content-length'] ?? 0) > LARGEST_BODY) return answerPage(response, 413)
  return pass(replica, aim, via, response)
}

/**
 * Answers one request as nginx would.
 * Errors: none; a client or pod that goes away in the middle ends this request only.
 */
export async function answer(replica: Replica, entry: Entry, response: ServerResponse): Promise<void> {
  const startedMs = performance.now()
  const request = response.req
  response.on('error', () => undefined)
  request.on('error', () => undefined)
  const via = viaOf(request, entry)
  try {
    const config = replica.config(request.socket)
    const aim: Aim = config
      ? aimOf(config, arrivedOf(request, entry))
      : { kind: 'page', status: 503, location: null }
    const told = await fulfil(replica, aim, via, response)
    replica.record({ aim, told, via, request, seconds: (performance.now() - startedMs) / 1000 })
  } catch {
    if (response.headersSent || response.destroyed) response.destroy()
    else answerPage(response, 500)
  }
}
