import type { ServicePort } from '@/lib/domain/model/ingress'

const MOST_LINES = 500
const LINE_CHARACTERS = 1000

/** A backend's name as the controller writes it. */
export const upstreamNameOf = ({ namespace, service, port }: ServicePort & { namespace: string }): string =>
  `${namespace}-${service}-${port}`

/** What one line of the access log tells. `alternative` is "" when main answered. */
export type Line = {
  client: string
  request: string
  status: number
  bytes: number
  requestBytes: number
  seconds: number
  referer: string
  agent: string
  upstream: string
  alternative: string
  peers: readonly string[]
  id: string
}

const lineOf = (line: Line, at: string): string => {
  const { client, request, status, bytes, referer, agent, requestBytes, seconds, upstream, alternative } =
    line
  const time = seconds.toFixed(3)
  const asked = `"${request}" ${status} ${bytes} "${referer || '-'}" "${agent || '-'}" ${requestBytes} ${time}`
  const peers = line.peers.join(', ') || '-'
  return `${client} - - [${at}] ${asked} [${upstream}] [${alternative}] ${peers} ${bytes} ${time} ${status} ${line.id}`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** nginx's `$time_local`, on a machine whose local time is UTC. */
function timeLocal(at: Date): string {
  const day = String(at.getUTCDate()).padStart(2, '0')
  return `${day}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}:${at.toISOString().slice(11, 19)} +0000`
}

/**
 * The last requests in the controller's own log format.
 * Limits: 500 lines of at most 1,000 characters.
 * Source: ingress-nginx 1.15.1, config.go log-format-upstream.
 */
export function accessLog() {
  const lines: string[] = []
  return {
    record(line: Line): void {
      lines.push(lineOf(line, timeLocal(new Date())).slice(0, LINE_CHARACTERS))
      if (lines.length > MOST_LINES) lines.shift()
    },
    lines: (): readonly string[] => lines,
  }
}

export type AccessLog = ReturnType<typeof accessLog>
