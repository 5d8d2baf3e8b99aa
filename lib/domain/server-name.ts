import type { Abilities } from '@/lib/domain/model/routing'
import { CATCH_ALL, type Server } from '@/lib/domain/server'

/** Which names lead to which server, by kind, as nginx keeps them. */
export type Names = {
  exact: ReadonlyMap<string, Server>
  /** Aliases such as *.example.com: any number of labels; the longest first. */
  wildcard: readonly { suffix: string; server: Server }[]
  /** Hosts such as *.example.com: exactly one label. */
  oneLabel: ReadonlyMap<string, Server>
  /** Aliases such as ~^www\d+\.example\.com$. */
  patterns: readonly { pattern: string; server: Server }[]
  catchAll: Server | null
}

/** The host as nginx compares it: lower case, without port and final dot. */
export const comparedHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/(?<=[^:]|^\[.*\]):\d*$/, '')
    .replace(/\.$/, '')

/** Source: ingress-nginx 1.15.1, template.go buildServerName; nginx ngx_http_server_names: the first of equal names wins. */
export function namesOf(byHost: ReadonlyMap<string, Server>): Names {
  const exact = new Map<string, Server>()
  const wildcard: { suffix: string; server: Server }[] = []
  const oneLabel = new Map<string, Server>()
  const patterns: { pattern: string; server: Server }[] = []
  for (const server of byHost.values()) {
    if (server.host.startsWith('*.')) oneLabel.set(server.host.slice(1), server)
    else exact.set(server.host, server)
  }
  for (const server of [...byHost.values()].sort((a, b) => (a.host < b.host ? -1 : 1))) {
    for (const alias of server.aliases) {
      if (alias.startsWith('~')) patterns.push({ pattern: alias.slice(1), server })
      else if (alias.startsWith('*.')) wildcard.push({ suffix: alias.slice(1).toLowerCase(), server })
      else if (!exact.has(alias.toLowerCase())) exact.set(alias.toLowerCase(), server)
    }
  }
  wildcard.sort((a, b) => b.suffix.length - a.suffix.length)
  return { exact, wildcard, oneLabel, patterns, catchAll: byHost.get(CATCH_ALL) ?? null }
}

/** The server that answers for a host; null only where there is none at all. */
export function serverFor(names: Names, host: string, matches: Abilities['matches']): Server | null {
  const name = comparedHost(host)
  const exact = names.exact.get(name)
  if (exact) return exact
  const wildcard = names.wildcard.find(({ suffix }) => name.endsWith(suffix) && name !== suffix)
  if (wildcard) return wildcard.server
  const dot = name.indexOf('.')
  const oneLabel = /^[\w-]+\./.test(name) ? names.oneLabel.get(name.slice(dot)) : undefined
  if (oneLabel) return oneLabel
  return names.patterns.find(({ pattern }) => matches(pattern, name) === true)?.server ?? names.catchAll
}
