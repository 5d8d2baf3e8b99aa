import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { type Aim, aimOf } from './aim'
import { upstreamHeaders } from './headers'
import { pageOf } from './page'
import { arrivedOf, type Entry, viaOf } from './proxy'
import type { Replica } from './replica'

const IDLE_MS = 60_000

function refuse(socket: Duplex, status: number): void {
  const page = pageOf(status)
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nContent-Length: ${page.length}\r\nConnection: close\r\n\r\n${page}`,
  )
}

function headOf({ method, headers }: IncomingMessage, path: string, lines: string[]): string {
  const text = lines.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${lines[at + 1] ?? ''}`] : []))
  const upgrade = [`Upgrade: ${headers.upgrade ?? ''}`, 'Connection: Upgrade']
  return [`${method} ${path} HTTP/1.1`, ...text, ...upgrade, '', ''].join('\r\n')
}

function aimSafely(replica: Replica, entry: Entry, request: IncomingMessage): Aim | undefined {
  const config = replica.config(request.socket)
  try {
    return config && aimOf(config, arrivedOf(request, entry))
  } catch {
    return { kind: 'page', status: 500, location: null }
  }
}

/**
 * Carries an upgraded connection (WebSocket) to one pod; the decision is made once, when it begins.
 * Limits: closed after a minute without a byte, as nginx does by default.
 */
export function tunnel(
  replica: Replica,
  entry: Entry,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  socket.on('error', () => socket.destroy())
  const aim = aimSafely(replica, entry, request)
  if (aim?.kind !== 'backend') {
    refuse(socket, aim?.kind === 'page' ? aim.status : 503)
    return
  }
  const [host = '', port = ''] = replica.nextPeer(aim).split(/:(?=\d+$)/)
  const upstream = connect(Number(port), host)
  upstream.setTimeout(IDLE_MS, () => upstream.destroy())
  upstream.on('error', () => (upstream.bytesRead === 0 ? refuse(socket, 502) : socket.destroy()))
  upstream.on('close', () => socket.end())
  socket.on('close', () => upstream.destroy())
  upstream.on('connect', () => {
    const lines = upstreamHeaders(request.rawHeaders, viaOf(request, entry))
    upstream.write(Buffer.from(headOf(request, aim.path, lines), 'latin1'))
    upstream.write(head)
    socket.pipe(upstream).pipe(socket)
  })
}
