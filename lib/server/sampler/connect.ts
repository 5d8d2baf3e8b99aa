import 'server-only'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, rootCertificates } from 'node:tls'
import type { CannotMeasure } from '@/lib/domain/model/samples'
import type { AddressRule } from '@/lib/server/sampler/address'

/** A connection that could not be made: no version had a chance to answer. */
export class NotConnected extends Error {
  readonly why: CannotMeasure
  constructor(why: CannotMeasure, cause?: unknown) {
    super(why, { cause })
    this.why = why
  }
}

/** Where and how to connect. `serverName` is sent as SNI and must be in the certificate; "" sends none. */
export type Line = {
  scheme: 'http' | 'https'
  address: string
  port: number
  serverName: string
  rule: AddressRule
  ca?: string | undefined
  insecure: boolean
}

const CONNECT_LIMIT_MS = 3000

/** Opens a connection whose far end has been checked before a byte is sent. Errors: NotConnected. */
export async function openLine(line: Line): Promise<Socket> {
  const socket = connectTcp({ host: line.address, port: line.port, noDelay: true })
  try {
    await happens(socket, 'connect', 'gateway-unreachable')
    if (!(await line.rule(socket.remoteAddress, line.port))) throw new NotConnected('forbidden-target')
    return line.scheme === 'https' ? await secured(socket, line) : socket
  } catch (error) {
    socket.on('error', () => undefined).destroy()
    throw error
  }
}

async function secured(socket: Socket, { serverName, address, ca, insecure }: Line): Promise<Socket> {
  const tls = connectTls({
    socket,
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: !insecure,
    ...(serverName && !isIP(serverName) && { servername: serverName }),
    host: serverName || address,
    ...(ca && { ca: [...rootCertificates, ca] }),
  })
  await happens(tls, 'secureConnect', 'gateway-unreachable')
  return tls
}

function happens(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  otherwise: CannotMeasure,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (error?: NotConnected) => {
      clearTimeout(limit)
      socket.off('error', failed).off('close', closed)
      if (error) reject(error)
      else resolve()
    }
    const failed = (error: NodeJS.ErrnoException) =>
      end(new NotConnected(reasonOf(error) ?? otherwise, error))
    const closed = () => end(new NotConnected(otherwise))
    const limit = setTimeout(() => end(new NotConnected(otherwise)), CONNECT_LIMIT_MS)
    socket
      .once('error', failed)
      .once('close', closed)
      .once(event, () => end())
  })
}

/** OpenSSL's names for a certificate that is not to be trusted. */
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY|DECRYPT)|ALTNAME|HOSTNAME/

const reasonOf = ({ code = '' }: NodeJS.ErrnoException): CannotMeasure | null =>
  UNTRUSTED.test(code) ? 'tls-not-verified' : null
