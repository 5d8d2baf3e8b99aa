import type { VerdictKind } from '@/lib/domain/model/release'
import type { ReplicaSamples } from '@/lib/domain/model/samples'
import { answersUntilMoved, notYetMoved, type Sprt, withStep } from '@/lib/domain/sprt'

/**
 * Whether answers have shown that a change reached one lane.
 * `before` is null where nobody saw what it was before; `inEffectMs` is when the answer that proved it came.
 */
export type Effect = { before: number | null; after: number; test: Sprt; inEffectMs: number | null }

/** A lane's change from *due* on. Units: shares are fractions 0…1. */
export const newEffect = (before: number | null, after: number): Effect => ({
  before,
  after,
  test: notYetMoved,
  inEffectMs: null,
})

/** Has this lane anything to show: a share that stays what it was cannot be told apart. */
const tells = ({ before, after }: Effect) => before !== null && before !== after

/** Adds one recognised answer sent after *due*. */
export function withEffectAnswer(effect: Effect, isCanary: boolean, atMs: number): Effect {
  const { before, after, inEffectMs } = effect
  if (before === null || before === after || inEffectMs !== null) return effect
  const test = withStep(effect.test, isCanary, { before, after })
  return { ...effect, test, inEffectMs: test.hasMoved ? atMs : null }
}

/** One lane as the proof of a change needs it; a lane that cannot be measured holds nothing up. */
export type Proof = {
  effect: Effect
  isMeasured: boolean
  verdict: VerdictKind
  missing: number
  atMs: number
}

/**
 * When a change was proven to be in effect on every lane it touches; null until then, with about how many answers it takes.
 * Limits: a change that no lane can tell from before is proven by *as configured* on `everyone`.
 */
export function inEffect(
  everyone: Proof,
  others: readonly Proof[],
): { inEffectMs: number | null; missing: number } {
  const telling = [everyone, ...others].filter(({ effect, isMeasured }) => isMeasured && tells(effect))
  const needsVerdict = everyone.effect.before === null || telling.length === 0
  const parts = telling.map(({ effect }) => ({ ms: effect.inEffectMs, missing: missingOf(effect) }))
  if (needsVerdict) {
    const isProven = everyone.verdict === 'as-configured'
    parts.push({ ms: isProven ? everyone.atMs : null, missing: isProven ? 0 : everyone.missing })
  }
  const times = parts.map(part => part.ms)
  const proven = times.every(ms => ms !== null) ? Math.max(...times.map(ms => ms ?? 0)) : null
  return { inEffectMs: proven, missing: Math.max(0, ...parts.map(part => part.missing)) }
}

function missingOf({ before, after, test }: Effect): number {
  return before === null ? 0 : (answersUntilMoved(test, { before, after }) ?? 0)
}

/** The replica that holds a change up: of those that have not shown it yet the one that needs most answers; null: none. */
export function slowestOf(replicas: readonly ReplicaSamples[]): ReplicaSamples | null {
  const waiting = replicas.filter(each => each.inEffect === null)
  return waiting.sort((a, b) => b.missing - a.missing)[0] ?? null
}
