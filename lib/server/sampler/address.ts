import 'server-only'
import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { networkInterfaces } from 'node:os'

/** Who named a gateway's address: the operator in HALFTONE_GATEWAYS, or an Ingress's status. */
export type Trust = 'operator' | 'status'

/** May a probe be sent to the far end of this connected socket. Errors: none; what cannot be read is refused. */
export type AddressRule = (address: string | undefined, port: number) => Promise<boolean>

/** Link-local, and the addresses where clouds keep the machine's credentials. */
const NEVER = new BlockList()
NEVER.addSubnet('169.254.0.0', 16, 'ipv4')
NEVER.addSubnet('fe80::', 10, 'ipv6')
NEVER.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6')
NEVER.addAddress('100.100.100.200', 'ipv4')
NEVER.addAddress('fd00:ec2::254', 'ipv6')

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addSubnet('0.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')
LOOPBACK.addAddress('::', 'ipv6')

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')
const holds = (list: BlockList, address: string) => list.check(address, family(address))

function listOf(addresses: readonly string[]): BlockList {
  const list = new BlockList()
  for (const address of addresses) list.addAddress(address, family(address))
  return list
}

/** Addresses of this process's own machine or pod, as of now. */
const ownAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap(each =>
    (each ?? []).map(({ address }) => address.replace(/%.*/, '')),
  )

async function addressesOf(url: string): Promise<{ port: number; addresses: string[] } | null> {
  if (!URL.canParse(url)) return null
  const { hostname, port, protocol } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  const number = Number(port) || (protocol === 'http:' ? 80 : 443)
  if (isIP(host)) return { port: number, addresses: [host] }
  const found = await lookup(host, { all: true }).catch(() => [])
  return { port: number, addresses: found.map(({ address }) => address) }
}

/**
 * The rule for addresses of one origin, judged on the connected socket, so that no spelling and no name can get round it.
 *
 * Refused always: link-local and metadata addresses, and the API servers. Refused from an Ingress's status: loopback and
 * ourselves. Private ranges are allowed: that is where gateways live.
 */
export function addressRule(trust: Trust, apiServers: readonly string[]): AddressRule {
  const servers = Promise.all(apiServers.map(addressesOf))
  return async (spelled, port) => {
    const address = spelled?.replace(/%.*/, '')
    if (!address || !isIP(address) || holds(NEVER, address)) return false
    for (const server of await servers) {
      if (server?.port === port && holds(listOf(server.addresses), address)) return false
    }
    return trust === 'operator' || !(holds(LOOPBACK, address) || holds(listOf(ownAddresses()), address))
  }
}
