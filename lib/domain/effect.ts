import type { VerdictKind } from '@/lib/domain/model/release'
import type { ReplicaSamples } from '@/lib/domain/model/samples'
import {
  answersUntilMoved,
  noStretch,
  notYetMoved,
  type Sprt,
  type Stretch,
  withStep,
  withStretch,
} from '@/lib/domain/sprt'
import { toleranceOf } from '@/lib/domain/verdict'

/**
 * Whether answers have shown that a change reached one lane.
 * `trials`: the change against each share that the gateway may still hold; null where nobody saw what those are.
 * `inEffectMs` is when the answer that proved it came.
 */
export type Effect = { after: number; trials: readonly Trial[] | null; inEffectMs: number | null }

type Trial = { before: number; test: Sprt; stretch: Stretch }

/** One recognised answer; `askedMs` is when its probe was sent, `atMs` when it came; `isDue`: it was asked after *due*. */
export type EffectAnswer = { isCanary: boolean; askedMs: number; atMs: number; isDue: boolean }

/**
 * nginx's workers follow one by one, each within a second of the first: what one of them has shown is true of all this
 * much later, its timer's lateness included.
 * Units: milliseconds. Source: ingress-nginx 1.15.1, balancer.lua BACKENDS_SYNC_INTERVAL = 1.
 */
const WORKERS_MS = 1200

/**
 * A lane's change that nobody has seen an answer of. `before`: the shares configured since the last one that was proven,
 * newest last.
 * Units: shares are fractions 0…1.
 * Limits: of shares older than the newest, those within the tolerance of the new one count as the same.
 */
export function newEffect(before: readonly number[] | null, after: number): Effect {
  const told = before?.filter((share, at) => {
    const isNewest = at === before.length - 1
    return share !== after && (isNewest || Math.abs(share - after) > toleranceOf(after))
  })
  const trials = told?.map(share => ({ before: share, test: notYetMoved, stretch: noStretch })) ?? null
  return { after, trials, inEffectMs: null }
}

/** Has this lane anything to show: a share that stays what it was cannot be told apart. */
const tells = ({ trials }: Effect) => trials !== null && trials.length > 0

/** Adds one answer: those asked before *due* prove nothing, but may show since when the change was there. */
export function withEffectAnswer(effect: Effect, answer: EffectAnswer): Effect {
  const { after, inEffectMs } = effect
  if (!effect.trials || !tells(effect) || inEffectMs !== null) return effect
  const trials = effect.trials.map(trial => withTrialAnswer(trial, answer, after))
  const isProven = answer.isDue && trials.every(trial => isOver(trial, answer))
  return { ...effect, trials, inEffectMs: isProven ? answer.atMs : null }
}

function withTrialAnswer({ before, test, stretch }: Trial, answer: EffectAnswer, after: number): Trial {
  const { isCanary, atMs, isDue } = answer
  return {
    before,
    test: isDue ? withStep(test, isCanary, { before, after }) : test,
    stretch: withStretch(stretch, isCanary, { before, after, atMs }),
  }
}

const isOver = ({ test, stretch }: Trial, { askedMs }: EffectAnswer) =>
  test.hasMoved && stretch.sinceMs !== null && askedMs >= stretch.sinceMs + WORKERS_MS

/** Was the change not there yet when it was due. */
export const wasLate = ({ trials }: Effect): boolean =>
  trials?.some(({ test }) => test.rejections > 0) ?? false

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
  const needsVerdict = everyone.effect.trials === null || telling.length === 0
  const parts = telling.map(({ effect }) => ({ ms: effect.inEffectMs, missing: missingOf(effect) }))
  if (needsVerdict) {
    const isProven = everyone.verdict === 'as-configured'
    parts.push({ ms: isProven ? everyone.atMs : null, missing: isProven ? 0 : everyone.missing })
  }
  const times = parts.map(part => part.ms)
  const proven = times.every(ms => ms !== null) ? Math.max(...times.map(ms => ms ?? 0)) : null
  return { inEffectMs: proven, missing: Math.max(0, ...parts.map(part => part.missing)) }
}

function missingOf({ trials, after, inEffectMs }: Effect): number {
  if (inEffectMs !== null) return 0
  const each = (trials ?? []).map(({ before, test }) => answersUntilMoved(test, { before, after }) ?? 0)
  return Math.max(1, ...each)
}

/** The replica that holds a change up: of those that have not shown it yet the one that needs most answers; null: none. */
export function slowestOf(replicas: readonly ReplicaSamples[]): ReplicaSamples | null {
  const waiting = replicas.filter(each => each.inEffect === null)
  return waiting.sort((a, b) => b.missing - a.missing)[0] ?? null
}
