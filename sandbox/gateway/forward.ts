import type { IncomingMessage } from 'node:http'
import { Agent, type Dispatcher, errors } from 'undici'

const MOST_TRIES = 3
const CONNECT_MS = 5_000
const READ_MS = 60_000
const BUFFER_BYTES = 64 * 1024
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE'])

/** Connections to the pods, kept alive between requests. */
export const forwardAgent = (): Agent =>
  new Agent({
    connect: { timeout: CONNECT_MS },
    headersTimeout: READ_MS,
    bodyTimeout: READ_MS,
    keepAliveTimeout: 4_000,
    pipelining: 1,
  })

/** One request to pass on; `next` names the pod to ask, anew for every try. */
export type Ask = {
  next: () => string
  method: string
  path: string
  headers: string[]
  body: Buffer | IncomingMessage | null
  signal: AbortSignal
}

/** What the pods made of it: the answer of the last one asked, or the status that stands for their silence. */
export type Outcome = { answer: Dispatcher.ResponseData | null; status: number; peers: string[] }

/** The body of a request: small ones are read first, so that they can be sent again; large ones stream once. */
export async function bodyOf(incoming: IncomingMessage): Promise<Buffer | IncomingMessage | null> {
  const { 'content-length': length, 'transfer-encoding': encoding } = incoming.headers
  if (encoding === undefined && (length === undefined || length === '0')) return null
  if (encoding !== undefined || Number(length) > BUFFER_BYTES) return incoming
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

const statusOf = (error: unknown): number => {
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.ConnectTimeoutError) return 504
  return error instanceof errors.InvalidArgumentError ? 400 : 502
}

/**
 * Asks a pod, and another one where the connection failed: at most three, for idempotent requests only.
 * Errors: none; 504 for a pod that stays silent, 502 for a broken connection, 400 for what cannot be sent at all.
 * Source: nginx proxy_next_upstream "error timeout", proxy_next_upstream_tries 3 (ingress-nginx defaults).
 */
export async function forward(
  { next, method, path, headers, body, signal }: Ask,
  agent: Agent,
): Promise<Outcome> {
  const again = IDEMPOTENT.has(method) && (body === null || Buffer.isBuffer(body))
  const peers: string[] = []
  for (;;) {
    const peer = next()
    peers.push(peer)
    try {
      const answer = await agent.request({ origin: `http://${peer}`, path, method, headers, body, signal })
      return { answer, status: answer.statusCode, peers }
    } catch (error) {
      const status = statusOf(error)
      if (!again || status === 400 || signal.aborted || peers.length >= MOST_TRIES)
        return { answer: null, status, peers }
    }
  }
}
