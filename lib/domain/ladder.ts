import type { Backend } from '@/lib/domain/backend'
import type { Decision, OrdinaryPath, Rung } from '@/lib/domain/model/routing'
import type { Params } from '@/lib/domain/problem'

type Step = Decision['steps'][number]
type Ending = Pick<Decision, 'to' | 'because'> & {
  backend?: Backend
  canary?: Backend
  canaryShare?: number | null
}

/** Collects what every rung says until one decides. */
export class Ladder {
  readonly steps: Step[] = []
  location: OrdinaryPath | null = null
  #doubts = new Set<Rung>()

  say(rung: Rung, decided: boolean, params: Params): boolean {
    this.steps.push({ rung, decided, params })
    return decided
  }

  /** What follows holds only if this rung, which cannot be read, lets the request pass. */
  doubt(rung: 'endpoints' | 'alternative'): void {
    this.#doubts.add(rung)
  }

  end(ending: Ending): Decision {
    const doubt = this.#doubtOf(ending)
    const { to, because, backend, canary, canaryShare } = doubt ?? ending
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

  /** Without endpoints stable would be a 503, and the canary's requests would be stable's. */
  #doubtOf({ to, canary }: Ending): Ending | null {
    const because = this.#doubts.has('endpoints') ? 'endpoints' : 'alternative'
    const isOpen = because === 'endpoints' || to === 'canary' || to === 'split'
    if (to === '404' || to === '503' || to === 'unknown') return null
    return this.#doubts.has(because) && isOpen ? { to: 'unknown', because, ...(canary && { canary }) } : null
  }
}
