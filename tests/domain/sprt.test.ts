import { describe, expect, test } from 'vitest'
import { inEffect, newEffect, withEffectAnswer } from '@/lib/domain/effect'
import { answersUntilMoved, notYetMoved, withStep } from '@/lib/domain/sprt'
import { quantile, seeded } from './seeded'

test.each([
  [0, 0.05, 34],
  [0.05, 0.2, 46],
  [0.1, 0.2, 140],
  [0.2, 0.5, 29],
  [0.5, 1, 10],
  [0.5, 0, 10],
  [0.2, 0, 32],
  [0.05, 0, 136],
])('%d → %d is told apart after about %d answers', (before, after, median) => {
  const draw = seeded(5)
  const needed = Array.from({ length: 300 }, () => {
    let [test, answers] = [notYetMoved, 0]
    while (!test.hasMoved) {
      answers++
      test = withStep(test, draw() < after, { before, after })
    }
    return answers
  })
  expect(Math.abs(quantile(needed, 0.5) / median - 1)).toBeLessThan(0.2)
})

test('while all is as before, a move is claimed in at most 2 of 1,000 runs, however often the test starts anew', () => {
  const draw = seeded(6)
  let claimed = 0
  for (let each = 0; each < 2000; each++) {
    let test = notYetMoved
    for (let n = 0; n < 300; n++) test = withStep(test, draw() < 0.2, { before: 0.2, after: 0.5 })
    if (test.hasMoved) claimed++
  }
  expect(claimed).toBeLessThanOrEqual(8)
})

test('a controller that is late is still seen to follow', () => {
  let test = notYetMoved
  const shares = { before: 0.5, after: 0 }
  for (let n = 0; n < 20; n++) test = withStep(test, n % 2 === 0, shares)
  expect(test).toMatchObject({ hasMoved: false })
  expect(test.rejections).toBeGreaterThan(0)
  for (let n = 0; n < 60; n++) test = withStep(test, false, shares)
  expect(test.hasMoved).toBe(true)
})

test('a change that changes nothing can never be told apart', () => {
  expect(answersUntilMoved(notYetMoved, { before: 0.2, after: 0.2 })).toBeNull()
  expect(answersUntilMoved(notYetMoved, { before: 0.2, after: 0.25 })).toBeGreaterThan(500)
})

describe('in effect', () => {
  const proof = (effect = newEffect(0.2, 0.2), more = {}) => ({
    effect,
    isMeasured: true,
    verdict: 'not-enough-yet' as const,
    missing: 120,
    atMs: 9000,
    ...more,
  })
  const rule = newEffect(0, 1)

  test('a rule that picks nobody up before is proven by one answer from the new side', () => {
    const shown = withEffectAnswer(rule, true, 5000)
    expect(inEffect(proof(), [proof(shown)])).toEqual({ inEffectMs: 5000, missing: 0 })
  })

  test('an answer from the old side proves nothing', () => {
    const shown = withEffectAnswer(rule, false, 5000)
    expect(inEffect(proof(), [proof(shown)]).inEffectMs).toBeNull()
  })

  test('the last lane to follow says when, and the slowest how many answers are missing', () => {
    const [first, last] = [withEffectAnswer(rule, true, 5000), withEffectAnswer(rule, true, 7000)]
    expect(inEffect(proof(), [proof(first), proof(last)]).inEffectMs).toBe(7000)
    expect(inEffect(proof(newEffect(0.05, 0.2)), [proof(first)])).toEqual({ inEffectMs: null, missing: 50 })
  })

  test('a lane that cannot be measured holds nothing up', () => {
    const shown = withEffectAnswer(rule, true, 5000)
    expect(inEffect(proof(), [proof(shown), proof(rule, { isMeasured: false })]).inEffectMs).toBe(5000)
  })

  test('where nobody saw what was before, only the verdict proves it', () => {
    const unseen = newEffect(null, 0.2)
    expect(inEffect(proof(unseen), [])).toEqual({ inEffectMs: null, missing: 120 })
    expect(inEffect(proof(unseen, { verdict: 'as-configured' }), [])).toEqual({
      inEffectMs: 9000,
      missing: 0,
    })
  })
})
