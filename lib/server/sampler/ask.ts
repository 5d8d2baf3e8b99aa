import 'server-only'
import { performance } from 'node:perf_hooks'
import type { SendRequest, SentRequest } from '@/lib/contract'
import type { Decision } from '@/lib/domain/model/routing'
import type { CannotMeasure } from '@/lib/domain/model/samples'
import { type Failure, fail, ok, type Result } from '@/lib/domain/problem'
import { carriedBy, requestProblem, type TypedRequest } from '@/lib/domain/typed-request'
import { log } from '@/lib/server/log'
import { judged, lexiconFor } from '@/lib/server/sampler/judge'
import { decisionOf } from '@/lib/server/sampler/plan'
import { type Prober, proberOf } from '@/lib/server/sampler/probe'
import type { RunDeps } from '@/lib/server/sampler/release-run'
import { Allowance } from '@/lib/server/sampler/schedule'
import type { Standing } from '@/lib/server/sampler/standing'
import { entranceText, placeOf, type Target, targetsOf, targetText } from '@/lib/server/sampler/target'

/** Units: requests of one release, a second and at once: together at most 5 in any second. */
const [RATE, BURST] = [2, 3]
/** Units: releases whose allowances are remembered. */
const KEPT = 1000

type Sent = { target: Target; request: TypedRequest; standing: Standing }

const tooMany = () =>
  fail(
    'too-many-requests',
    'Too many requests were sent for real just now: nothing was sent, try again in a moment',
    {
      params: { retryAfterSeconds: 1 },
    },
  )

/** Refuses a request that lands where this release has no say. Errors: `ambiguous-route`. */
function elsewhere({ location }: Decision, { facts }: Standing): Failure | null {
  if (location?.canary?.uid === facts.canary.uid) return null
  const lands = location?.ingress
  const where = lands ? `${lands.namespace}/${lands.name} ${location.path}` : 'no Ingress'
  return fail('ambiguous-route', `This request lands at ${where}, not on the route of this release`, {
    field: 'path',
    params: { namespace: lands?.namespace ?? null, ingress: lands?.name ?? null },
  })
}

/**
 * Requests that a person typed, sent one at a time through the gateway of a release, each on a connection of its own.
 * Errors: `invalid-input`, `ambiguous-route`; `too-many-requests` where the release or its gateway has been asked too often.
 * Limits: only host, path and marks come from outside, and only those that land on the release's own route; where they go is
 * the sampler's to say.
 */
export class Asks {
  readonly #deps: RunDeps
  readonly #allowances = new Map<string, Allowance>()
  readonly #open = new Set<Prober>()
  #turn = 0

  constructor(deps: RunDeps) {
    this.#deps = deps
  }

  async ask(standing: Standing, body: SendRequest): Promise<Result<SentRequest>> {
    const { facts, writtenMs } = standing
    const { config, now } = this.#deps
    const place = { ...placeOf(facts), ...given(body) }
    const request = { ...place, headers: body.headers ?? {}, cookies: body.cookies ?? {} }
    const refused = requestProblem({ ...request, host: body.host ?? '', path: body.path ?? '/' })
    if (refused) return refused
    const headers = carriedBy(request)
    const decision = decisionOf(facts, place, { headers, ready: facts.ready })
    const isDue = now() >= writtenMs + config.dueMs
    const unsent = (why: CannotMeasure): Result<SentRequest> =>
      ok({ ...NOTHING, why, predicted: decision.to, isDue })
    if (facts.release.state === 'dead') return unsent('dead')
    const found = targetsOf(facts, config.gateways, given(body))
    if (!found.ok && found.why === 'needs-example') return unsent(found.why)
    const misled = elsewhere(decision, standing)
    if (misled) return misled
    if (config.sampling === 'off') return unsent('sampling-off')
    const target = found.ok ? found.targets[this.#turn++ % found.targets.length] : undefined
    if (!target) return unsent(found.ok ? 'no-gateway' : found.why)
    if (!this.#mayAsk(facts.release.uid, target)) return tooMany()
    const answer = await this.#send({ target, request, standing })
    return ok({ ...answer, predicted: decision.to, isDue })
  }

  /** Cuts what is under way. */
  async stop(): Promise<void> {
    await Promise.all([...this.#open].map(each => each.close()))
  }

  #mayAsk(uid: string, target: Target): boolean {
    const nowMs = performance.now()
    const own = this.#allowances.get(uid) ?? new Allowance(RATE, BURST)
    if (this.#allowances.size >= KEPT) this.#allowances.clear()
    this.#allowances.set(uid, own)
    return own.take(nowMs) && this.#deps.allowanceOf(target).take(nowMs)
  }

  async #send({ target, request, standing: { facts } }: Sent) {
    const prober = proberOf(target, this.#deps.config)
    this.#open.add(prober)
    const answer = await prober.ask(carriedBy(request))
    this.#open.delete(prober)
    await prober.close()
    const said = [
      target.host,
      target.path,
      ...Object.entries(request.headers),
      ...Object.entries(request.cookies),
    ]
    const result = judged(answer, lexiconFor(facts, said.flat()), target)
    if (result.why === 'forbidden-target') {
      log('warn', 'requests may not go to this gateway', { target: targetText(target), trust: target.trust })
    }
    const { answered, status, ms, pod, why = null } = result
    const side = answered === 'stable' || answered === 'canary' ? facts.release[answered] : null
    return {
      answered,
      version: side ? (side.deployments[0]?.name ?? side.service) : null,
      pod: pod || null,
      status: status || null,
      ms,
      gateway: entranceText(target),
      why,
    }
  }
}

const NOTHING = {
  answered: 'error',
  version: null,
  pod: null,
  status: null,
  ms: 0,
  gateway: null,
} as const

/** What the caller says of host and path; what is left out is the release's own. */
const given = ({ host, path }: SendRequest) => ({
  ...(host !== undefined && host !== '' && { host }),
  ...(path !== undefined && { path }),
})
