import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type Duplex, duplexPair } from 'node:stream'
import { pageOf } from './page'

const MOST_CONNECTIONS = 4096
const HEAD_BYTES = 32 * 1024
const VALID_LINE = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+:/

/** What answers a request, and what takes over the connection of an upgrade. */
export type Answers = {
  request: (request: IncomingMessage, response: ServerResponse) => void
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
}

type Refusal = Error & { code?: string; rawPacket?: Buffer; bytesParsed?: number }

function refuse(socket: Duplex, status: number): void {
  if (!socket.writable) return void socket.destroy()
  const page = pageOf(status)
  socket.end(
    `HTTP/1.1 ${status} Bad Request\r\nContent-Type: text/html\r\nContent-Length: ${page.length}\r\nConnection: close\r\n\r\n${page}`,
  )
}

/** The packet without header lines whose name Node refuses and nginx ignores; null if that is not what is wrong. */
function withoutInvalidLines(packet: Buffer): Buffer | null {
  const end = packet.indexOf('\r\n\r\n')
  if (end < 0) return null
  const [first = '', ...lines] = packet.subarray(0, end).toString('latin1').split('\r\n')
  const kept = lines.filter(line => VALID_LINE.test(line))
  const spaced = lines.some(line => /^[^:]*[\0- \x7f]/.test(line))
  if (spaced || kept.length === lines.length || !/^[A-Z]+ \S+ HTTP\/1\.[01]$/.test(first)) return null
  return Buffer.concat([Buffer.from([first, ...kept].join('\r\n'), 'latin1'), packet.subarray(end)])
}

/**
 * Starts the conversation again on a connection of our own, without the lines that nginx ignores.
 * Limits: only where the packet begins with the request, the first of its connection.
 * Source: nginx ignore_invalid_headers on; Node's parser answers 400 instead.
 */
function retold(socket: Duplex, { code, rawPacket }: Refusal): Duplex | null {
  const fresh = rawPacket && 'bytesRead' in socket && socket.bytesRead === rawPacket.length
  const packet =
    code === 'HPE_INVALID_HEADER_TOKEN' && fresh && rawPacket ? withoutInvalidLines(rawPacket) : null
  if (!packet) return null
  const [near, far] = duplexPair()
  socket.removeAllListeners('data').removeAllListeners('error')
  near.on('error', () => socket.destroy())
  socket.on('error', () => near.destroy()).on('close', () => near.destroy())
  near.write(packet)
  socket.pipe(near).pipe(socket)
  return far
}

/**
 * A web server that is as patient with requests as nginx is.
 * Limits: 4,096 connections, 32 kB of headers; slow or broken requests are answered 400 or 408 and closed.
 */
export function doorOf({ request, upgrade }: Answers, tls?: { key: string; cert: string }): Server {
  const options = { maxHeaderSize: HEAD_BYTES, keepAliveTimeout: 75_000, headersTimeout: 60_000 }
  const server: Server = tls ? createTlsServer({ ...options, ...tls }) : createServer(options)
  const connection = tls ? 'secureConnection' : 'connection'
  server.maxConnections = MOST_CONNECTIONS
  server.on('request', request)
  server.on('upgrade', upgrade)
  server.on('connect', (_request, socket) => refuse(socket, 405))
  server.on('tlsClientError', () => undefined)
  server.on('clientError', (error: Refusal, socket) => {
    const again = retold(socket, error)
    if (again) server.emit(connection, again)
    else refuse(socket, error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400)
  })
  return server
}
