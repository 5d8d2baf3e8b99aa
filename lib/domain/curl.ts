import { shellWord } from '@/lib/domain/kubectl'
import type { TypedRequest } from '@/lib/domain/typed-request'

const portOf = ({ port, protocol }: URL): string => port || (protocol === 'https:' ? '443' : '80')

/** Characters that curl would take as a list or a range of addresses. */
const GLOB = /[[\]{}]/
/** Segments that curl would resolve by itself, before nginx sees them. */
const DOTS = /\/(?:\.|%2e){1,2}(?:[/?]|$)/i

/** Where the command goes: the gateway's address; over https the host must be in the URL, for SNI. */
function wayOf(gateway: URL, host: string): { options: string[]; base: string } {
  if (host === '') return { options: [], base: gateway.origin }
  if (gateway.protocol !== 'https:') return { options: ['-H', `Host: ${host}`], base: gateway.origin }
  const port = portOf(gateway)
  const base = port === '443' ? `https://${host}` : `https://${host}:${port}`
  return { options: ['--connect-to', `${host}:${port}:${gateway.hostname}:${port}`], base }
}

/**
 * The command that sends this request to the gateway: *copy curl*. `gateway` is its address, e.g. "http://127.0.0.1:8080".
 *
 * Limits: for a request that `requestProblem` lets through; a POSIX shell. Whatever is typed stays one word of it, and is
 * neither a file's name nor a pattern to curl. Source: curl(1): --header, --cookie, --globoff, --path-as-is, --connect-to.
 */
export function curlCommand(gateway: string, { host, path, headers, cookies }: TypedRequest): string {
  const { options, base } = wayOf(new URL(gateway), host)
  const marks = Object.entries(headers).flatMap(([name, value]) => [
    '-H',
    // A name followed by ":" alone would take the header away instead of sending it empty.
    value.trim() === '' ? `${name};` : `${name}: ${value}`,
  ])
  const line = Object.entries(cookies).map(([name, value]) => `${name}=${value}`)
  const words = [
    ...(GLOB.test(path) ? ['-g'] : []),
    ...(DOTS.test(path) ? ['--path-as-is'] : []),
    ...options,
    ...marks,
    ...(line.length > 0 ? ['-b', line.join('; ')] : []),
    `${base}${path}`,
  ]
  return ['curl', ...words.map(shellWord)].join(' ')
}
