import { type ControllerOptions, canaryOf } from '@/lib/domain/annotation'
import { parseIngress } from '@/lib/domain/ingress'
import { classReader } from '@/lib/domain/ingress-class'
import type { Ingress } from '@/lib/domain/model/ingress'
import { type Routing, routingOf } from '@/lib/domain/routing'
import { parseIngressClass } from '@/lib/domain/workload'
import { NGINX } from '@/sandbox/world/objects'
import { type PeersOf, peersIn } from './peers'
import type { Kept } from './watch'

/** The kinds the gateway keeps. */
export type Kinds = { ingresses: Kept; classes: Kept; services: Kept; slices: Kept }

/**
 * What one replica routes by. `version` is that of the newest change it was made from.
 * `print` is equal for two configurations exactly when the controller would see no difference.
 */
export type Config = {
  ingresses: readonly Ingress[]
  routing: Routing
  peersOf: PeersOf
  print: string
  options: ControllerOptions
  version: string
}

const CANARY = `${NGINX}canary`

const newest = (kinds: Kinds): string =>
  Object.values(kinds)
    .map(({ changedAt }) => changedAt)
    .reduce((a, b) => (BigInt(a || 0) >= BigInt(b || 0) ? a : b))

function heard(ingress: Ingress, options: ControllerOptions): unknown {
  const { weightTotal: _unheard, ...canary } = canaryOf(ingress, options)
  const others = Object.entries(ingress.annotations)
    .filter(([key]) => key.startsWith(NGINX) && !key.startsWith(CANARY))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return [canary, others]
}

function printOf(ingresses: readonly Ingress[], peersOf: PeersOf, options: ControllerOptions): string {
  const parts = ingresses.map(ingress => {
    const { namespace, name, rules, defaultBackend, tlsHosts } = ingress
    const backends = rules.flatMap(rule => rule.paths ?? []).map(path => path.backend)
    const peers = [...backends, defaultBackend].map(backend => backend && peersOf(namespace, backend))
    return [namespace, name, rules, defaultBackend, tlsHosts, heard(ingress, options), peers]
  })
  return JSON.stringify(parts)
}

const byAge = (a: Ingress, b: Ingress) =>
  a.createdAtMs - b.createdAtMs || (`${a.namespace}/${a.name}` > `${b.namespace}/${b.name}` ? -1 : 1)

/** Reads the cluster as it is now into a configuration; endpoints are looked up anew only after they changed. */
export function configReader(kinds: Kinds, options: ControllerOptions): () => Config {
  let peersOf: PeersOf = () => []
  let peersVersion = ''
  return () => {
    const version = `${kinds.services.changedAt}/${kinds.slices.changedAt}`
    if (version !== peersVersion) peersOf = peersIn(kinds.services.items, kinds.slices.items.values())
    peersVersion = version
    const classOf = classReader([...kinds.classes.items.values()].map(raw => parseIngressClass(raw)))
    const ingresses = [...kinds.ingresses.items.values()]
      .map(raw => parseIngress(raw))
      .filter(ingress => classOf(ingress) !== null)
      .sort(byAge)
    const routing = routingOf(ingresses, options)
    return {
      ingresses,
      routing,
      peersOf,
      print: printOf(ingresses, peersOf, options),
      version: newest(kinds),
      options,
    }
  }
}

/**
 * The configuration nginx holds after a sync: unchanged where the controller sees no difference, so that a new
 * weight-total alone is lost until anything else changes.
 * Source: ingress-nginx 1.15.1, types_equals.go TrafficShapingPolicy.Equal leaves out WeightTotal.
 */
export const heldAfter = (held: Config | undefined, next: Config): Config =>
  held?.print === next.print ? { ...next, routing: held.routing, peersOf: held.peersOf } : next
