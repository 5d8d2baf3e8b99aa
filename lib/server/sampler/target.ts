import 'server-only'
import { isIP } from 'node:net'
import type { CannotMeasure } from '@/lib/domain/model/samples'
import { parseSamplingSetting } from '@/lib/domain/sampling-setting'
import type { Gateway } from '@/lib/server/env-values'
import type { Trust } from '@/lib/server/sampler/address'
import type { SamplingFacts } from '@/lib/server/sampler/facts'
import type { Place } from '@/lib/server/sampler/plan'

/** Where probes of a release go, and what they ask for. `host` is the Host header, and the SNI over https. */
export type Target = {
  scheme: 'http' | 'https'
  address: string
  port: number
  host: string
  path: string
  trust: Trust
}

type Entrance = Pick<Target, 'scheme' | 'address' | 'port' | 'trust'>
type Targeted = { ok: true; targets: Target[] } | { ok: false; why: CannotMeasure }

const failed = (why: CannotMeasure): Targeted => ({ ok: false, why })

const PATTERN_SIGNS = /[\\^$*+?()[\]{}|]/

/**
 * Finds the gateways, host and path of a release's first live route: one target for each replica that is named. `asked` are
 * the host and path a person wants instead.
 * Errors: `dead`; `needs-example` for a wildcard host or a path that is a pattern, without a setting; `no-gateway`.
 */
export function targetsOf(
  facts: SamplingFacts,
  gateways: readonly Gateway[],
  asked: Partial<Place> = {},
): Targeted {
  const route = facts.release.routes.find(each => each.live)
  if (!route) return failed('dead')
  const setting = parseSamplingSetting(facts.canary)
  const example = asked.path ?? setting.path
  const path = example ?? (route.path || '/')
  const host = asked.host ?? setting.host ?? route.host
  if (host.includes('*') || (example === undefined && PATTERN_SIGNS.test(path)))
    return failed('needs-example')
  const entrances = entrancesOf(facts, gateways, hasTls(facts, host))
  if (entrances.length === 0) return failed('no-gateway')
  return { ok: true, targets: entrances.map(each => ({ ...each, path, host: host || hostOf(each) })) }
}

/** What probes ask for, whether or not a gateway is known; a route for any host is asked for by a host nobody has. */
export function placeOf({ release, canary }: SamplingFacts): Place {
  const route = release.routes.find(each => each.live) ?? release.routes[0]
  const { host, path } = parseSamplingSetting(canary)
  return { host: host ?? (route?.host || 'gateway.invalid'), path: path ?? (route?.path || '/') }
}

/** The gateway's address as people and as the Host header of a route without host write it. */
export function hostOf({ scheme, address, port }: Entrance): string {
  const name = address.includes(':') ? `[${address}]` : address
  return port === (scheme === 'https' ? 443 : 80) ? name : `${name}:${port}`
}

/** A gateway's address as people read it, without path. */
export const entranceText = (entrance: Entrance): string => `${entrance.scheme}://${hostOf(entrance)}`

/** A target as people read it. */
export const targetText = (target: Target): string => `${entranceText(target)}${target.path}`

function hasTls({ ordinary }: SamplingFacts, host: string): boolean {
  const wildcard = host.replace(/^[^.]+/, '*')
  return host !== '' && (ordinary?.tlsHosts ?? []).some(each => each === host || each === wildcard)
}

/** The operator's addresses for the class, those for its cluster before those for all; else the one in the status. */
function entrancesOf(facts: SamplingFacts, gateways: readonly Gateway[], tls: boolean): Entrance[] {
  const { cluster } = facts.release.id
  const className = facts.ordinary?.className ?? facts.canary.className
  const ours = [
    ...gateways.filter(each => each.cluster === cluster),
    ...gateways.filter(each => !each.cluster),
  ]
  const first = ours.find(each => className === null || each.className === className)
  if (!first) return published(facts, tls)
  const same = ours.filter(each => each.cluster === first.cluster && each.className === first.className)
  return [...new Set(same.map(each => each.url))].map(url => chosen(url, tls))
}

/** The operator's address; a route with TLS is asked over https where that address says no port of its own. */
function chosen(url: string, tls: boolean): Entrance {
  const { protocol, hostname, port } = new URL(url)
  const address = hostname.replace(/^\[|\]$/g, '')
  const scheme = protocol === 'https:' || (tls && port === '') ? 'https' : 'http'
  return { scheme, address, port: Number(port) || (scheme === 'https' ? 443 : 80), trust: 'operator' }
}

const NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?$/i

/** The address that the controller wrote into the Ingress's status. */
function published({ ordinary, canary }: SamplingFacts, tls: boolean): Entrance[] {
  const addresses = [...(ordinary?.addresses ?? []), ...canary.addresses]
  const address = addresses.find(each => isIP(each) !== 0 || NAME.test(each))
  if (address === undefined) return []
  return [{ scheme: tls ? 'https' : 'http', address, port: tls ? 443 : 80, trust: 'status' }]
}
