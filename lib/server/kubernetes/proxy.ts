import 'server-only'
import { BlockList, isIP } from 'node:net'

/** The proxy settings of the environment, as curl and Go read them: HTTPS_PROXY, HTTP_PROXY, NO_PROXY. */
export type ProxySettings = { https?: string | undefined; http?: string | undefined; no?: string | undefined }

/**
 * The proxy a request to `server` goes through, or null for a direct connection. Loopback is always direct.
 * Source: Go, golang.org/x/net/http/httpproxy: host names with their subdomains, IPs, CIDR blocks, "*".
 */
export function proxyOf(server: URL, settings: ProxySettings): string | null {
  const proxy = server.protocol === 'https:' ? settings.https : settings.http
  const host = server.hostname.replace(/^\[|\]$/g, '').toLowerCase()
  if (!proxy || host === 'localhost' || isInside(host, '127.0.0.0/8') || host === '::1') return null
  const excepted = (settings.no ?? '').split(/[,\s]+/).filter(Boolean)
  return excepted.some(entry => covers(entry.toLowerCase(), host, portOf(server))) ? null : proxy
}

const portOf = (server: URL) => server.port || (server.protocol === 'https:' ? '443' : '80')

function covers(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true
  if (entry.includes('/')) return isInside(host, entry)
  const [, name = entry, entryPort] = /^([^:]+|\[.+\]):(\d+)$/.exec(entry) ?? []
  if (entryPort && entryPort !== port) return false
  const domain = name.replace(/^\[|\]$/g, '').replace(/^\*?\./, '')
  return host === domain || host.endsWith(`.${domain}`)
}

function isInside(host: string, block: string): boolean {
  const family = isIP(host)
  const [address = '', prefix = ''] = block.split('/')
  if (!family || isIP(address) !== family || !/^\d{1,3}$/.test(prefix)) return false
  const bits = Number(prefix)
  if (bits > (family === 4 ? 32 : 128)) return false
  const list = new BlockList()
  const type = family === 4 ? 'ipv4' : 'ipv6'
  list.addSubnet(address, bits, type)
  return list.check(host, type)
}
