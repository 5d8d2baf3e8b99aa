import { isAffinitized } from '@/lib/domain/affinity-cookie'
import type { Backend } from '@/lib/domain/backend'
import { cookieLines } from '@/lib/domain/header'
import { locationFor } from '@/lib/domain/location-match'
import type { Abilities, Decision, IncomingRequest, OrdinaryPath, Rung } from '@/lib/domain/model/routing'
import type { Params } from '@/lib/domain/problem'
import type { Routing } from '@/lib/domain/routing'
import { byCookie, byHeader, byWeight, type RuleWord } from '@/lib/domain/rule-rung'
import { serverFor } from '@/lib/domain/server-name'

type Step = Decision['steps'][number]
type Ending = Pick<Decision, 'to' | 'because'> & {
  backend?: Backend
  canary?: Backend
  canaryShare?: number | null
}

const emptyRules = {
  weight: 0,
  weightTotal: 0,
  header: '',
  value: '',
  pattern: '',
  cookie: '',
}

/** Collects what every rung says until one decides. */
class Ladder {
  readonly steps: Step[] = []
  location: OrdinaryPath | null = null

  say(rung: Rung, decided: boolean, params: Params): boolean {
    this.steps.push({ rung, decided, params })
    return decided
  }

  end({ to, because, backend, canary, canaryShare }: Ending): Decision {
    const share = to === 'canary' ? 1 : to === 'unknown' ? null : 0
    return {
      to,
      because,
      canaryShare: canaryShare === undefined ? share : canaryShare,
      location: this.location,
      backend: backend
        ? { namespace: backend.namespace, service: backend.service, port: backend.port }
        : null,
      canary: canary?.rules ? canary.maker : null,
      steps: this.steps,
    }
  }
}

type Scene = { ladder: Ladder; request: IncomingRequest; abilities: Abilities }

const isReady = (backend: Backend, { ready }: Abilities): boolean =>
  !backend.removedBy && ready(backend.namespace, backend)

/** Finds the backend that a request's location is served by; a decision where there is none. */
function landing(routing: Routing, { ladder, request, abilities }: Scene): Backend | Decision {
  const path = request.path.replace(/[?#].*$/s, '') || '/'
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

/**
 * Decides one request as the controller's balancer does, and tells what every rung said.
 *
 * Units: `canaryShare` is the chance of canary before a draw, 0…1. A path is taken as nginx has normalised it; what
 * follows "?" is left out.
 * Errors: none; `unknown` where a pattern cannot be modelled.
 * Source: ingress-nginx 1.15.1, balancer.lua route_to_alternative_balancer (canary-semantics.md A.3, A.4).
 */
export function decide(routing: Routing, request: IncomingRequest, abilities: Abilities): Decision {
  const scene: Scene = { ladder: new Ladder(), request, abilities }
  const { ladder } = scene
  const stable = landing(routing, scene)
  if ('to' in stable) return stable

  const isServing = isReady(stable, abilities)
  const { service, port } = stable
  if (ladder.say('endpoints', !isServing, { service, port, ready: isServing, removed: !!stable.removedBy })) {
    return ladder.end({ to: '503', because: 'endpoints' })
  }
  const lines = cookieLines(request)
  const holds = (backend: Backend) => isAffinitized(backend, lines)
  const sayAffinity = (backend: Backend, side: string) =>
    backend.affinity.isSticky &&
    ladder.say('affinity', holds(backend), {
      cookie: backend.affinity.cookieName,
      side,
      holds: holds(backend),
    })

  if (sayAffinity(stable, 'stable')) {
    const first = stable.alternatives[0]?.backend
    return ladder.end({ to: 'stable', because: 'affinity', backend: stable, ...(first && { canary: first }) })
  }
  const canary = stable.alternatives[0]?.backend
  if (!canary) return ladder.end({ to: 'stable', because: 'none', backend: stable })

  const isAnswering = isReady(canary, abilities)
  const asked = { service: canary.service, port: canary.port, canary: canary.maker.name }
  if (
    ladder.say('alternative', !isAnswering, { ...asked, ready: isAnswering, removed: !!canary.removedBy })
  ) {
    return ladder.end({ to: 'stable', because: 'alternative', backend: stable, canary })
  }
  if (sayAffinity(canary, 'canary')) {
    return ladder.end({ to: 'canary', because: 'affinity', backend: canary, canary })
  }
  return byRules(stable, canary, scene)
}
