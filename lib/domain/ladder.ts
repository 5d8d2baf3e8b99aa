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
