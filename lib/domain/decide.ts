import { isAffinitized } from '@/lib/domain/affinity-cookie'
import { stopgapOf } from '@/lib/domain/annotation'
import type { Backend } from '@/lib/domain/backend'
import { cookieLines } from '@/lib/domain/header'
import { Ladder } from '@/lib/domain/ladder'
import { locationFor } from '@/lib/domain/location-match'
import type { Abilities, Decision, IncomingRequest, Rung } from '@/lib/domain/model/routing'
import type { Routing } from '@/lib/domain/routing'
import { byCookie, byHeader, byWeight, type RuleWord } from '@/lib/domain/rule-rung'
import { serverFor } from '@/lib/domain/server-name'

const emptyRules = {
  weight: 0,
  weightTotal: 0,
  header: '',
  value: '',
  pattern: '',
  cookie: '',
}

type Scene = { ladder: Ladder; request: IncomingRequest; abilities: Abilities }

const isReady = (backend: Backend, { ready }: Abilities): boolean | 'unknown' =>
  backend.removedBy ? false : ready(backend.namespace, backend)

/** As a step says it: null where it is not known. */
const told = (ready: boolean | 'unknown'): boolean | null => (ready === 'unknown' ? null : ready)

/** Finds the backend that a request's location is served by; a decision where there is none. */
function landing(routing: Routing, { ladder, request, abilities }: Scene): Backend | Decision {
  const path = request.path || '/'
  const server = serverFor(routing.names, request.host, abilities.matches)
  const location = server && locationFor(routing.tableOf(server), path, abilities.matches)
  if (location === 'unknown') {
    ladder.say('location', true, { host: request.host, path, found: null })
    return ladder.end({ to: 'unknown', because: 'location' })
  }
  const backend = location?.backend
  if (!location?.ordinary || !backend) {
    ladder.say('location', true, { host: request.host, path, found: false })
    return ladder.end({ to: '404', because: 'location' })
  }
  const { ordinary } = location
  ladder.location = ordinary
  const { ingress, host, pathType } = ordinary
  ladder.say('location', false, {
    found: true,
    host,
    path: ordinary.path,
    pathType,
    namespace: ingress.namespace,
    ingress: ingress.name,
    service: ordinary.backend.service,
  })
  return backend
}

/** Asks the rules of the canary in their order. */
function byRules(stable: Backend, canary: Backend, { ladder, request, abilities }: Scene): Decision {
  const rules = canary.rules ?? emptyRules
  const backendOf = (to: 'stable' | 'canary') => (to === 'canary' ? canary : stable)
  const asked: [Rung, () => RuleWord][] = [
    ['header', () => byHeader(rules, request, abilities.matches)],
    ['cookie', () => byCookie(rules, request)],
  ]
  for (const [rung, ask] of asked) {
    const { to, params } = ask()
    if (!ladder.say(rung, to !== null, params) || to === null) continue
    if (to === 'unknown') return ladder.end({ to, because: rung, canary })
    return ladder.end({ to, because: rung, backend: backendOf(to), canary })
  }
  const { to, share, params } = byWeight(rules, abilities.draw)
  ladder.say('weight', true, params)
  const backend = to === 'split' ? {} : { backend: backendOf(to) }
  return ladder.end({ to, because: 'weight', canary, canaryShare: share, ...backend })
}

/** The backend that answers for stable: its own, or, without endpoints, the one of the annotation default-backend. */
function standing(stable: Backend, { ladder, abilities }: Scene): Backend | null {
  const { service, port } = stable
  const isServing = isReady(stable, abilities)
  const removed = stable.removedBy !== null
  const ingress = ladder.location?.ingress
  const name = isServing !== false || removed || !ingress ? '' : stopgapOf(ingress)
  const namespace = ingress?.namespace ?? ''
  const key = `custom-default-backend-${namespace}-${name}`
  const stopgap = { ...stable, key, namespace, service: name, port: '' }
  const help = name !== '' && isReady(stopgap, abilities)
  const isHelped = help !== false
  const instead = isHelped ? name : null
  const ready = told(isServing)
  ladder.say('endpoints', isServing === false && !isHelped, { service, port, ready, removed, instead })
  if (isServing === 'unknown' || help === 'unknown') ladder.doubt('endpoints')
  if (isServing !== false) return stable
  return isHelped ? stopgap : null
}

/** Does the request's cookie bind it to this backend. */
function isHeld(backend: Backend, side: 'stable' | 'canary', { ladder, request }: Scene): boolean {
  const { isSticky, cookieName } = backend.affinity
  if (!isSticky) return false
  const holds = isAffinitized(backend, cookieLines(request))
  return ladder.say('affinity', holds, { cookie: cookieName, side, holds })
}

/**
 * Decides one request as the controller's balancer does, and tells what every rung said.
 *
 * Units: `canaryShare` is the chance of canary before a draw, 0…1. A path is taken as nginx has normalised it, without
 * query.
 * Errors: none; `unknown` where a pattern cannot be modelled, or where what the rules say holds only with endpoints that
 * cannot be read: the steps then go on as if there were some, and say `ready: null`.
 * Limits: a Service named by the annotation default-backend is asked for with the port "", its first one.
 * Source: ingress-nginx 1.15.1, balancer.lua route_to_alternative_balancer (canary-semantics.md A.3, A.4).
 */
export function decide(routing: Routing, request: IncomingRequest, abilities: Abilities): Decision {
  const scene: Scene = { ladder: new Ladder(), request, abilities }
  const { ladder } = scene
  const landed = landing(routing, scene)
  if ('to' in landed) return landed

  const stable = standing(landed, scene)
  if (!stable) return ladder.end({ to: '503', because: 'endpoints' })
  const canary = stable.alternatives[0]?.backend
  if (isHeld(stable, 'stable', scene)) {
    return ladder.end({ to: 'stable', because: 'affinity', backend: stable, ...(canary && { canary }) })
  }
  if (!canary) return ladder.end({ to: 'stable', because: 'none', backend: stable })

  const { service, port, maker, removedBy } = canary
  const ready = isReady(canary, abilities)
  const params = { service, port, canary: maker.name, ready: told(ready), removed: removedBy !== null }
  if (ready === 'unknown') ladder.doubt('alternative')
  if (ladder.say('alternative', ready === false, params)) {
    return ladder.end({ to: 'stable', because: 'alternative', backend: stable, canary })
  }
  if (isHeld(canary, 'canary', scene)) {
    return ladder.end({ to: 'canary', because: 'affinity', backend: canary, canary })
  }
  return byRules(stable, canary, scene)
}
