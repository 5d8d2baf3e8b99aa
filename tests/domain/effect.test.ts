import { describe, expect, test } from 'vitest'
import { type Effect, inEffect, newEffect, wasLate, withEffectAnswer } from '@/lib/domain/effect'

const DUE = 5000

/** Answers as they come, each [asked at, from the canary?]; they take 10 ms. */
const answered = (effect: Effect, answers: readonly (readonly [number, boolean])[]) =>
  answers.reduce(
    (so, [askedMs, isCanary]) =>
      withEffectAnswer(so, { askedMs, atMs: askedMs + 10, isCanary, isDue: askedMs >= DUE }),
    effect,
  )

const proof = (effect = newEffect([0.2], 0.2), more = {}) => ({
  effect,
  isMeasured: true,
  verdict: 'not-enough-yet' as const,
  missing: 120,
  atMs: 9000,
  ...more,
})

const rule = newEffect([0], 1)
const shownAt = (ms: number) =>
  answered(rule, [
    [3000, true],
    [ms, true],
  ])

describe('in effect', () => {
  test('answers before due prove nothing', () => {
    const early = [1000, 2000, 3000, 4000].map(ms => [ms, true] as const)
    expect(answered(rule, early).inEffectMs).toBeNull()
  })

  test('a rule that picks nobody up before, and was seen before due, is proven by the first answer after it', () => {
    expect(inEffect(proof(), [proof(shownAt(5000))])).toEqual({ inEffectMs: 5010, missing: 0 })
  })

  test('first seen after due: one worker has it, and all of them only a poll later', () => {
    const first = answered(rule, [[5000, true]])
    expect(inEffect(proof(), [proof(first)])).toEqual({ inEffectMs: null, missing: 1 })
    expect(answered(first, [[6000, true]]).inEffectMs).toBeNull()
    expect(answered(first, [[6300, true]]).inEffectMs).toBe(6310)
  })

  test('while workers disagree it is not in effect, however many have followed', () => {
    const mixed = Array.from({ length: 40 }, (_, n) => [5000 + n * 200, n % 3 !== 2] as const)
    expect(answered(rule, mixed).inEffectMs).toBeNull()
  })

  test('an answer from the old side proves nothing', () => {
    const old = answered(rule, [[5000, false]])
    expect(inEffect(proof(), [proof(old)]).inEffectMs).toBeNull()
    expect(wasLate(old)).toBe(true)
  })

  test('the last lane to follow says when, and the slowest how many answers are missing', () => {
    const [first, last] = [shownAt(5000), shownAt(7000)]
    expect(inEffect(proof(), [proof(first), proof(last)]).inEffectMs).toBe(7010)
    const waiting = proof(newEffect([0.05], 0.2))
    expect(inEffect(waiting, [proof(first)])).toEqual({ inEffectMs: null, missing: 50 })
  })

  test('a lane that cannot be measured holds nothing up', () => {
    const others = [proof(shownAt(5000)), proof(rule, { isMeasured: false })]
    expect(inEffect(proof(), others).inEffectMs).toBe(5010)
  })

  test('where nobody saw what was before, only the verdict proves it', () => {
    const unseen = newEffect(null, 0.2)
    expect(inEffect(proof(unseen), [])).toEqual({ inEffectMs: null, missing: 120 })
    expect(inEffect(proof(unseen, { verdict: 'as-configured' }), [])).toEqual({
      inEffectMs: 9000,
      missing: 0,
    })
  })

  test('two changes in a row: a gateway that has followed neither is not taken for one that followed both', () => {
    const stuck = Array.from({ length: 50 }, (_, n) => [5000 + n * 200, true] as const)
    expect(answered(newEffect([0], 0.5), stuck).inEffectMs).not.toBeNull()
    expect(answered(newEffect([1, 0], 0.5), stuck).inEffectMs).toBeNull()
  })

  test('one that has followed both is told from either', () => {
    const half = Array.from({ length: 30 }, (_, n) => [5000 + n * 200, n % 2 === 0] as const)
    expect(answered(newEffect([1, 0], 0.5), half).inEffectMs).not.toBeNull()
  })

  test('an older share that no verdict could tell from the new one holds nothing up', () => {
    const half = Array.from({ length: 60 }, (_, n) => [5000 + n * 200, n % 2 === 0] as const)
    expect(answered(newEffect([0.45, 1], 0.5), half).inEffectMs).not.toBeNull()
    expect(answered(newEffect([0.5, 1], 0.5), half).inEffectMs).not.toBeNull()
  })
})
