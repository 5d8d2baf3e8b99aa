import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import { onTestFinished } from 'vitest'

/** A far side on loopback: its port, and how many connections it has seen. */
export type FarSide = { port: number; connections: () => number; close: () => Promise<void> }

async function listening(server: Server, port: number): Promise<FarSide> {
  const sockets = new Set<Socket>()
  let connections = 0
  server.on('connection', (socket: Socket) => {
    connections++
    sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)))
  })
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  const close = () => {
    for (const socket of sockets) socket.destroy()
    return new Promise<void>(resolve => server.close(() => resolve()))
  }
  onTestFinished(close)
  const { port: bound } = server.address() as AddressInfo
  return { port: bound, connections: () => connections, close }
}

/** Answers over HTTP until the test is over. */
export const farSide = (answer: RequestListener, port = 0): Promise<FarSide> =>
  listening(createServer(answer), port)

/** Answers over TLS with this certificate. */
export const farTls = (pem: { key: string; cert: string }, answer: RequestListener): Promise<FarSide> =>
  listening(createTlsServer(pem, answer), 0)

/** Talks raw bytes. */
export const farRaw = (talk: (socket: Socket) => void): Promise<FarSide> =>
  listening(createTcpServer(talk), 0)

/** Which version a gateway chooses for a request, and how each version answers. */
export type Choice = {
  choose: (request: IncomingMessage) => 'stable' | 'canary'
  stable?: RequestListener
  canary?: RequestListener
}

const says =
  (text: string): RequestListener =>
  (_request, response) => {
    response.setHeader('content-type', 'text/plain')
    response.end(text)
  }

/** A gateway in front of two versions. */
export function gateway({
  choose,
  stable = says('user-v1'),
  canary = says('user-v2'),
}: Choice): RequestListener {
  return (request: IncomingMessage, response: ServerResponse) =>
    (choose(request) === 'canary' ? canary : stable)(request, response as never)
}
