import { setTimeout as sleep } from 'node:timers/promises'
import type { User } from './access'
import { type Kind, kinds } from './kinds'
import { WriteFaults } from './write-faults'

/** Whom a fault hits: one of the tokens, or everybody. */
export type Victim = User['token'] | 'everybody'

/** What goes wrong for one victim until it is reset. Units: `percent` of requests, seconds for `retryAfter`. */
export type FaultPlan = {
  /** Plural names of kinds whose answers never come; `all` for everything, `/readyz` included. */
  blackholes: ReadonlySet<string>
  answer: { status: number; percent: number; retryAfter: number | undefined } | undefined
  delayMs: number
  denied: readonly { verb: string; kind: string }[]
}

const NONE: FaultPlan = { blackholes: new Set(), answer: undefined, delayMs: 0, denied: [] }

/** The plural of a kind that a person named `Pod`, `pod` or `pods`. */
export const pluralOf = (name: string): string =>
  Object.values(kinds).find(
    kind => kind.kind === name || kind.plural === name.toLowerCase() || kind.singular === name.toLowerCase(),
  )?.plural ?? name

/** What the API server does wrong on request. */
export class Faults {
  /** Writes that go wrong. */
  readonly writes = new WriteFaults()
  readonly #plans = new Map<Victim, FaultPlan>()
  #counted = 0
  #freed: PromiseWithResolvers | undefined
  readonly #changed = new Set<() => void>()

  /** Sets part of the plan for a victim; the rest stays. */
  set(victim: Victim, part: Partial<FaultPlan>): void {
    this.#plans.set(victim, { ...(this.#plans.get(victim) ?? NONE), ...part })
    this.#wake()
  }

  /** Ends all faults. */
  reset(): void {
    this.#plans.clear()
    this.writes.reset()
    this.#wake()
  }

  /** Calls back when faults have changed; returns its own undo. */
  onChange(hear: () => void): () => void {
    this.#changed.add(hear)
    return () => this.#changed.delete(hear)
  }

  /** Whether answers about a kind are held back from somebody; without a kind, whether everything is. */
  holds(user: User, kind: Kind | undefined): boolean {
    return this.#plansOf(user).some(
      ({ blackholes }) => blackholes.has('all') || (kind !== undefined && blackholes.has(kind.plural)),
    )
  }

  /** Waits as long as answers are held back or late. */
  async pass(user: User, kind: Kind | undefined): Promise<void> {
    const delayMs = Math.max(0, ...this.#plansOf(user).map(plan => plan.delayMs))
    if (delayMs > 0) await sleep(delayMs)
    while (this.holds(user, kind)) await this.#change()
  }

  /** The answer a request gets instead of its own, or undefined. Limits: spread evenly over requests, not drawn. */
  answerFor(user: User): FaultPlan['answer'] {
    const answer = this.#plansOf(user).find(plan => plan.answer)?.answer
    if (!answer) return undefined
    const before = Math.floor((this.#counted * answer.percent) / 100)
    this.#counted += 1
    return Math.floor((this.#counted * answer.percent) / 100) > before ? answer : undefined
  }

  /** Whether a verb on a kind has been taken away from somebody. */
  denies(user: User, verb: string, kind: Kind): boolean {
    return this.#plansOf(user).some(({ denied }) =>
      denied.some(
        each => (each.verb === '*' || each.verb === verb) && (each.kind === '*' || each.kind === kind.plural),
      ),
    )
  }

  #plansOf(user: User): FaultPlan[] {
    return [this.#plans.get(user.token), this.#plans.get('everybody')].flatMap(plan => plan ?? [])
  }

  #change(): Promise<void> {
    this.#freed ??= withResolvers()
    return this.#freed.promise
  }

  #wake(): void {
    this.#freed?.resolve()
    this.#freed = undefined
    for (const hear of this.#changed) hear()
  }
}

type PromiseWithResolvers = { promise: Promise<void>; resolve: () => void }

function withResolvers(): PromiseWithResolvers {
  let resolve = () => {}
  const promise = new Promise<void>(done => {
    resolve = done
  })
  return { promise, resolve }
}
