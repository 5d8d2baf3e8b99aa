import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answersMissing, outcomeOf, toleranceOf } from '@/lib/domain/verdict'
import { quantile, seeded } from './seeded'

const counts = (stable: number, canary: number, unusable = 0) => ({ stable, canary, unusable })

test.each([
  [0.5, 0.1],
  [0.2, 0.1],
  [0.05, 0.05],
  [0.95, 0.05],
  [0.01, 0.03],
  [0, 0],
  [1, 0],
])('the tolerance at a share of %d is %d', (expected, tolerance) => {
  expect(toleranceOf(expected)).toBeCloseTo(tolerance, 12)
})

describe('what counts say', () => {
  test.each([
    ['20 % seen in many answers', counts(800, 200), 0.2, 'as-configured'],
    ['few answers', counts(40, 10), 0.2, 'open'],
    ['no answers', counts(0, 0), 0.2, 'open'],
    ['never from stable, however many', counts(0, 5000), 0.99, 'open'],
    ['never from the canary, however many', counts(5000, 0), 0.01, 'open'],
    ['a third unknown bears no verdict', counts(528, 132, 340), 0.2, 'mixed'],
    ['a few unknown do not matter', counts(1560, 390, 50), 0.2, 'as-configured'],
    ['weight 0, 90 from stable', counts(90, 0), 0, 'as-configured'],
    ['weight 0, 89 from stable', counts(89, 0), 0, 'open'],
    ['weight 0, one from the canary', counts(5000, 1), 0, 'not-as-configured'],
    ['weight 0, one unknown', counts(200, 0, 1), 0, 'mixed'],
    ['weight 0, one unknown and one from the canary', counts(200, 1, 1), 0, 'not-as-configured'],
    ['weight 100, 90 from the canary', counts(0, 90), 1, 'as-configured'],
    ['weight 100, one from stable', counts(1, 5000), 1, 'not-as-configured'],
  ])('%s', (_case, seen, expected, outcome) => {
    expect(outcomeOf(seen, expected)).toBe(outcome)
  })

  test('as configured means as configured with all unusable counted as either version', () => {
    const some = fc.nat({ max: 2000 })
    fc.assert(
      fc.property(some, some, fc.nat({ max: 200 }), fc.constantFrom(0, 0.05, 0.2, 0.5, 1), (s, c, u, w) => {
        if (outcomeOf(counts(s, c, u), w) !== 'as-configured') return
        expect(outcomeOf(counts(s + u, c), w)).toBe('as-configured')
        expect(outcomeOf(counts(s, c + u), w)).toBe('as-configured')
      }),
      { numRuns: 500 },
    )
  })
})

describe('answers still missing', () => {
  test('going on as before for that many is enough, and one less is not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 300 }),
        fc.constantFrom(0.2, 0.5, 0.05),
        (s, c, w) => {
          const missing = answersMissing(counts(s, c), w)
          const share = c / (s + c)
          if (missing === null || missing === 0 || Math.abs(share - w) > toleranceOf(w) * 0.6) return
          const goneOn = (more: number) => counts(s + more * (1 - share), c + more * share)
          expect(outcomeOf(goneOn(missing), w)).toBe('as-configured')
          expect(outcomeOf(goneOn(missing - 1), w)).toBe('open')
        },
      ),
    )
  })

  test('without answers it is told from what is configured', () => {
    expect(answersMissing(counts(0, 0), 0.2)).toBeGreaterThan(200)
    expect(answersMissing(counts(0, 0), 0)).toBe(90)
  })

  test('a share that is wrong tells when it will be refuted', () => {
    expect(answersMissing(counts(20, 0), 0.2)).toBe(23)
  })
})

test.each([
  [0.2, 280],
  [0.5, 460],
  [0.05, 400],
])('a true share of %d is called as configured after about %d answers', (w, about) => {
  const draw = seeded(4)
  const needed = Array.from({ length: 150 }, () => {
    const seen = counts(0, 0)
    while (outcomeOf(seen, w) !== 'as-configured') {
      if (draw() < w) seen.canary++
      else seen.stable++
    }
    return seen.stable + seen.canary
  })
  expect(Math.abs(quantile(needed, 0.5) / about - 1)).toBeLessThan(0.2)
})
