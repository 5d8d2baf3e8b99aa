import 'server-only'
import { type ClassReader, classReader } from '@/lib/domain/ingress-class'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { Route } from '@/lib/domain/model/release'
import type { IngressClass } from '@/lib/domain/model/workload'
import { isCanaryIngress } from '@/lib/domain/release'
import { routesOf } from '@/lib/domain/route'
import { type Routing, routingOf } from '@/lib/domain/routing'

const CONTROLLER = { annotationValidation: true }

/** A canary Ingress and the routing it takes part in. `signature` changes when merging made something else of it. */
export type Canary = { ingress: Ingress; routing: Routing; signature: string }

/** What all Ingresses together mean. */
export type Routings = {
  /** Routing of each class of ingress-nginx. */
  byClass: ReadonlyMap<string, Routing>
  /** By namespace/name. */
  canaries: ReadonlyMap<string, Canary>
  /** Routes by namespace/name of their ordinary Ingress. */
  routes: ReadonlyMap<string, Route[]>
}

/** Computes routings anew, class by class; a class whose Ingresses did not change keeps its own. */
export class RoutingReader {
  #held = new Map<string, { ingresses: readonly Ingress[]; routing: Routing }>()

  read(ingresses: readonly Ingress[], classes: readonly IngressClass[] | null): Routings {
    const { served, foreign } = divide(ingresses, classReader(classes))
    const held = new Map<string, { ingresses: readonly Ingress[]; routing: Routing }>()
    for (const [name, group] of served) held.set(name, this.#routing(name, group))
    this.#held = held

    const canaries = new Map<string, Canary>()
    const routes = new Map<string, Route[]>()
    for (const [name, group] of served) {
      const routing = held.get(name)?.routing
      if (!routing) continue
      for (const canary of canariesOf(group, routing)) canaries.set(keyOf(canary.ingress), canary)
      for (const route of routesOf(routing)) {
        const key = `${route.namespace}/${route.ingress}`
        routes.set(key, [...(routes.get(key) ?? []), route])
      }
    }
    for (const canary of foreign.filter(isCanaryIngress)) {
      const alone = foreignRouting(canary)
      for (const each of canariesOf([canary], alone)) canaries.set(keyOf(canary), each)
    }
    return { byClass: new Map([...held].map(([name, { routing }]) => [name, routing])), canaries, routes }
  }

  #routing(name: string, ingresses: readonly Ingress[]) {
    const before = this.#held.get(name)
    const isSame =
      before?.ingresses.length === ingresses.length &&
      ingresses.every((ingress, index) => ingress === before.ingresses[index])
    return before && isSame ? before : { ingresses, routing: routingOf(ingresses, CONTROLLER) }
  }
}

const keyOf = ({ namespace, name }: Pick<Ingress, 'namespace' | 'name'>) => `${namespace}/${name}`

function divide(ingresses: readonly Ingress[], classOf: ClassReader) {
  const served = new Map<string, Ingress[]>()
  const foreign: Ingress[] = []
  for (const ingress of ingresses) {
    const name = classOf(ingress)
    if (name === null) foreign.push(ingress)
    else if (served.has(name)) served.get(name)?.push(ingress)
    else served.set(name, [ingress])
  }
  return { served, foreign }
}

/** A canary whose class ingress-nginx does not serve is dead, whatever else it says. */
function foreignRouting(canary: Ingress): Routing {
  const routing = routingOf([canary], CONTROLLER)
  const dead = { id: 'L33', params: { className: canary.className } }
  return {
    ...routing,
    canaryPaths: routing.canaryPaths.map(path => ({
      ...path,
      live: false,
      partner: null,
      reaches: [],
      dead,
    })),
  }
}

function canariesOf(ingresses: readonly Ingress[], routing: Routing): Canary[] {
  const signatures = new Map<Ingress, string[]>()
  const refused = JSON.stringify(routing.duplicates)
  for (const { canary, where, live, dead, partner, reaches } of routing.canaryPaths) {
    const said = signatures.get(canary) ?? []
    const reached = reaches.map(({ ingress, path }) => `${versionOf(ingress)} ${path}`)
    said.push(JSON.stringify([where, live, dead, partner && versionOf(partner.ingress), reached]))
    signatures.set(canary, said)
  }
  return ingresses.filter(isCanaryIngress).map(ingress => ({
    ingress,
    routing,
    signature: [versionOf(ingress), refused, ...(signatures.get(ingress) ?? [])].join('\n'),
  }))
}

const versionOf = ({ uid, resourceVersion }: Ingress) => `${uid} ${resourceVersion}`
