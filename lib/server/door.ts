import 'server-only'
import { type Failure, fail } from '@/lib/domain/problem'
import { isLoopback } from '@/lib/server/loopback'

/**
 * Turns away calls that a foreign web page could have made a browser send.
 *
 * `home` is the address people open, where it is not a loopback one.
 * Errors: `wrong-host` when the Host is not ours (DNS rebinding); `foreign-origin` for another site or origin, reads too.
 * Source: Fetch Metadata (W3C), RFC 6454 (Origin), RFC 9110 §15.5.20 (421).
 */
export function turnAway(headers: Headers, home: URL | null): Failure | null {
  const host = headers.get('host') ?? ''
  if (!isOurs(host, home)) {
    return fail('wrong-host', 'This address is not one of Halftone’s: open it by localhost or HALFTONE_URL')
  }
  const site = headers.get('sec-fetch-site')
  const origin = headers.get('origin')
  const isForeignSite = site !== null && site !== 'same-origin' && site !== 'none'
  const isForeignOrigin = origin !== null && !isSameOrigin(origin, host, home)
  if (!isForeignSite && !isForeignOrigin) return null
  return fail('foreign-origin', 'Halftone answers its own pages only, not those of another site')
}

const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i

function isOurs(host: string, home: URL | null): boolean {
  const name = HOST.exec(host)?.[1]?.toLowerCase()
  return name !== undefined && (isLoopback(name) || name === home?.hostname)
}

/** The scheme is left open: a proxy in front may speak TLS for us. */
function isSameOrigin(origin: string, host: string, home: URL | null): boolean {
  if (origin === home?.origin) return true
  if (!/^https?:\/\//.test(origin) || !URL.canParse(origin)) return false
  const { protocol, host: from, origin: whole } = new URL(origin)
  return whole === origin.toLowerCase() && from === new URL(`${protocol}//${host}`).host
}
