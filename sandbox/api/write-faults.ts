import type { User } from './access'
import type { Victim } from './faults'
import type { Kind } from './kinds'
import { forbidden, Refusal } from './refusal'
import type { Store } from './store'
import type { Admission } from './writer'

/**
 * What becomes of a write: not allowed; over a quota; denied by a webhook; done, and the connection cut before the answer;
 * or the connection cut before anything is done.
 */
export const WRITE_ENDS = ['rbac', 'quota', 'webhook', 'lost', 'cut'] as const
export type WriteEnd = (typeof WRITE_ENDS)[number]

/** A write that goes wrong: the `at`-th of its verb and kind from now on, or each. `*` is any verb or kind. */
export type WriteFault = {
  end: WriteEnd
  verb: string
  kind: string
  at: number | undefined
  /** What the webhook says, and as what. */
  message: string
  status: 400 | 403
}

type Counted = WriteFault & { victim: Victim; seen: number }

/** One write on its way. `user` is undefined where whoever writes is hit alike. */
export type Write = { verb: string; kind: Kind; isDryRun: boolean; user?: User }

const WEBHOOK = 'policy.sandbox.test'

/** Writes that go wrong on request. Limits: with `at`, dry runs are neither counted nor hit. */
export class WriteFaults {
  #faults: Counted[] = []

  /** Sets what goes wrong for a victim, in place of what did; quotas and webhooks hit everybody, as real ones do. */
  set(victim: Victim, faults: readonly WriteFault[]): void {
    const others = this.#faults.filter(each => each.victim !== victim)
    this.#faults = [...others, ...faults.map(fault => ({ ...fault, victim, seen: 0 }))]
  }

  reset(): void {
    this.#faults = []
  }

  /** The fault of one of these ends that a write meets; counts it. */
  met(ends: readonly WriteEnd[], write: Write): WriteFault | undefined {
    return this.#faults.find(
      fault => ends.includes(fault.end) && concerns(fault, write) && isNow(fault, write),
    )
  }

  /** Refuses what a quota or a webhook would refuse on request. Errors: Forbidden, or what the webhook says. */
  readonly admission =
    (store: Store): Admission =>
    (kind, { metadata }, asked) => {
      const fault = this.met(['quota', 'webhook'], { kind, ...asked })
      if (fault?.end === 'webhook') throw denied(fault)
      if (fault) throw exceeded(kind, metadata.name ?? '', store.list(kind, metadata.namespace).length)
    }
}

const READS = ['get', 'list', 'watch']

function concerns(fault: Counted, { verb, kind, user }: Write): boolean {
  const isHit = user === undefined || fault.victim === 'everybody' || fault.victim === user.token
  const isPatch = fault.verb === 'patch' && verb === 'update'
  const isVerb = fault.verb === '*' ? !READS.includes(verb) : fault.verb === verb || isPatch
  return isHit && isVerb && (fault.kind === '*' || fault.kind === kind.plural)
}

function isNow(fault: Counted, { isDryRun }: Write): boolean {
  if (fault.at === undefined) return true
  if (isDryRun) return false
  fault.seen += 1
  return fault.seen === fault.at
}

/** Source: Kubernetes 1.34, apiserver/pkg/admission/plugin/webhook/errors/statuserror.go. */
const denied = ({ message, status }: WriteFault): Refusal =>
  new Refusal(
    status === 403 ? 'Forbidden' : 'BadRequest',
    `admission webhook "${WEBHOOK}" denied the request: ${message}`,
  )

/** Source: Kubernetes 1.34, apiserver/pkg/admission/plugin/resourcequota/controller.go. */
function exceeded(kind: Kind, name: string, used: number): Refusal {
  const { plural, group } = kind
  const counted = group === '' ? plural : `count/${plural}.${group}`
  const why = `exceeded quota: sandbox, requested: ${counted}=1, used: ${counted}=${used}, limited: ${counted}=${used}`
  return forbidden(kind, name, why)
}
