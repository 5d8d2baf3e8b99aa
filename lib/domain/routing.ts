import { type ControllerOptions, hasCanaryAnnotation } from '@/lib/domain/annotation'
import { type Backend, backendsOf, byAge, comparedPath, type ReadIngress } from '@/lib/domain/backend'
import { deathOf, type PartnerFinder, partnerFinder } from '@/lib/domain/dead'
import { type DuplicateLocation, duplicatesIn } from '@/lib/domain/duplicate-location'
import { serversOf } from '@/lib/domain/location'
import { type MatchTable, matchTable } from '@/lib/domain/location-match'
import { type Attempt, mergeCanaries, placesOf } from '@/lib/domain/merge'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { CanaryPath, OrdinaryPath } from '@/lib/domain/model/routing'
import type { Server } from '@/lib/domain/server'
import { type Names, namesOf } from '@/lib/domain/server-name'

export type { ControllerOptions } from '@/lib/domain/annotation'

/** What the controller makes of all Ingresses of one class: what `decide` decides by, and what each path came to. */
export type Routing = {
  ordinaryPaths: readonly OrdinaryPath[]
  canaryPaths: readonly CanaryPath[]
  backends: ReadonlyMap<string, Backend>
  names: Names
  tableOf: (server: Server) => MatchTable
  /** Locations for which nginx refuses its configuration, so that nothing anybody writes has an effect. */
  duplicates: readonly DuplicateLocation[]
}

/** Does the controller crash on this canary while it merges. Source: controller.go, rule.HTTP.Paths without a check. */
const crashes = ({ ingress, setting }: ReadIngress): boolean =>
  setting.enabled && ingress.rules.some(({ paths }) => paths === null)

/** The canary whose rules decide on this backend's traffic; null where the first alternative is none. */
function actsOn(backend: Backend | null): Ingress | null {
  const first = backend && !backend.removedBy ? backend.alternatives[0]?.backend : undefined
  return first?.rules && !first.removedBy ? first.maker : null
}

const pathOf = ({ canary, where, host, path }: Omit<Attempt, 'backend' | 'joined' | 'outcome'>) => ({
  canary,
  where,
  host,
  path: comparedPath(path),
  pathType: path.pathType,
  backend: path.backend,
})

function inertPath(canary: Ingress, id: string, find: PartnerFinder): CanaryPath[] {
  const dead = { id, params: {} }
  const rules = canary.rules.flatMap(({ host, paths }, index) =>
    paths === null
      ? [{ canary, where: `spec.rules[${index}]`, host, path: '/', pathType: '' as const, backend: null }]
      : [],
  )
  const inert = { partner: null, live: false, dead, reaches: [] }
  return [
    ...placesOf(canary).map(place => ({ ...pathOf(place), ...inert, partner: find(place) })),
    ...rules.map(rule => ({ ...rule, ...inert })),
  ]
}

type Served = ReadonlyMap<Backend, readonly OrdinaryPath[]>

/** Backends that ask this attempt's one first, each once. */
function askingFirst({ joined, backend: own }: Attempt): Backend[] {
  const asking: Backend[] = []
  for (const { backend } of joined) {
    const isAsking = backend && !backend.removedBy && backend.alternatives[0]?.backend === own
    if (isAsking && !asking.includes(backend)) asking.push(backend)
  }
  return asking
}

function canaryPath(attempt: Attempt, { find, served }: { find: PartnerFinder; served: Served }): CanaryPath {
  const { canary, where, host, path, joined } = attempt
  const asking = askingFirst(attempt)
  const first = joined.find(({ backend }) => backend && asking.includes(backend)) ?? joined[0]
  const partner = first?.ordinary ?? find(attempt)
  const dead = deathOf(attempt, partner)
  return {
    canary,
    where,
    host,
    path: comparedPath(path),
    pathType: path.pathType,
    backend: path.backend,
    partner,
    live: !dead,
    dead,
    reaches: dead ? [] : asking.flatMap(backend => served.get(backend) ?? []),
  }
}

/** Match tables, each made when first asked for. */
function tables(): Routing['tableOf'] {
  const made = new WeakMap<Server, MatchTable>()
  return server => {
    const table = made.get(server) ?? matchTable(server)
    made.set(server, table)
    return table
  }
}

/**
 * Merges all Ingresses of one class as the controller does.
 *
 * Errors: none; an Ingress that would crash the controller is dead (L34) and left out of everything else.
 * Limits: the order of `ingresses` does not matter. Source: ingress-nginx 1.15.1, controller.go getBackendServers.
 */
export function routingOf(ingresses: readonly Ingress[], options: ControllerOptions): Routing {
  const read = byAge(ingresses, options)
  const sorted = read.filter(each => !crashes(each))
  const backends = backendsOf(sorted)
  const { byHost, ordinaryPaths } = serversOf({ sorted, backends, options })
  const attempts = mergeCanaries(sorted, { backends, servers: byHost })

  const served = new Map<Backend, OrdinaryPath[]>()
  for (const { locations } of byHost.values()) {
    for (const { ordinary, backend } of locations) {
      if (!ordinary || !backend) continue
      ordinary.canary = actsOn(backend)
      const held = served.get(backend)
      if (held) held.push(ordinary)
      else served.set(backend, [ordinary])
    }
  }

  const find = partnerFinder(ordinaryPaths)
  const inert = read.flatMap(each => {
    if (crashes(each)) return inertPath(each.ingress, 'L34', find)
    const isMeant = !each.setting.enabled && hasCanaryAnnotation(each.ingress)
    return isMeant ? inertPath(each.ingress, 'L10', find) : []
  })
  const tableOf = tables()
  return {
    ordinaryPaths,
    canaryPaths: [...attempts.map(attempt => canaryPath(attempt, { find, served })), ...inert],
    backends,
    names: namesOf(byHost),
    tableOf,
    duplicates: duplicatesIn(byHost.values(), tableOf),
  }
}
