import type { Server } from 'node:http'
import { doorOf } from './door'
import { listening, portOf } from './listen'
import { answer, type Entry } from './proxy'
import type { Replica } from './replica'
import { standInCertificate } from './tls'
import { tunnel } from './tunnel'

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
