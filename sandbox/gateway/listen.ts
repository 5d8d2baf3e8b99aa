import { once } from 'node:events'
import type { Server } from 'node:http'
import { doorOf } from './door'
import { answer, type Entry } from './proxy'
import type { Replica } from './replica'
import { standInCertificate } from './tls'
import { tunnel } from './tunnel'

/** The port a listening server got. */
export function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Lets a server listen on loopback; port 0 takes any. */
export async function listening(server: Server, port: number): Promise<Server> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}

/** Closes a server and every connection it has. */
export async function closed(server: Server): Promise<void> {
  if (!server.listening) return
  const done = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await done
}

/** The two doors of one replica. */
export type Doors = { http: Server; https: Server }

/** Opens a replica's doors for HTTP and HTTPS. */
export async function openDoors(replica: Replica, ports: { http: number; https: number }): Promise<Doors> {
  const doorFor = (entry: Entry, tls?: { key: string; cert: string }) =>
    doorOf(
      {
        request: (_, response) => void answer(replica, entry, response),
        upgrade: (request, socket, head) => tunnel(replica, entry, request, socket, head),
      },
      tls,
    )
  const httpsPort = () => portOf(https)
  const https = doorFor({ scheme: 'https', httpsPort }, await standInCertificate())
  const http = doorFor({ scheme: 'http', httpsPort })
  await listening(https, ports.https)
  await listening(http, ports.http)
  return { http, https }
}
