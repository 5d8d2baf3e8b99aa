import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bandOf, refutes } from '@/lib/domain/confidence'
import { logEvidence, noEvidence, withAnswer } from '@/lib/domain/e-process'
import { quantile, seeded } from './seeded'

const share = fc.double({ min: 0.001, max: 0.999, noNaN: true })
const run = (answers: readonly boolean[], w: number) =>
  answers.reduce((evidence, isHit) => withAnswer(evidence, isHit, w), noEvidence)

describe('the evidence against a share', () => {
  test('is the same answer by answer as from the counts at once, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 300 }), share, (answers, w) => {
        const one = run(answers, w)
        const sorted = run([...answers].sort(), w)
        expect(one.logE).toBeCloseTo(logEvidence(one, w), 6)
        expect(one.logE).toBeCloseTo(sorted.logE, 6)
      }),
    )
  })

  test('is a fair bet: averaged over all outcomes of true answers it stays 1', () => {
    for (const w of [0.05, 0.2, 0.5, 0.99]) {
      let mean = 0
      for (let bits = 0; bits < 2 ** 10; bits++) {
        const answers = Array.from({ length: 10 }, (_, i) => ((bits >> i) & 1) === 1)
        const { hits, logE } = run(answers, w)
        mean += Math.exp(logE) * w ** hits * (1 - w) ** (10 - hits)
      }
      expect(mean).toBeCloseTo(1, 9)
    }
  })

  test('one contrary answer is proof where the share is 0 or 1, and nothing takes it back', () => {
    expect(run([false, false, true, false], 0).logE).toBe(Number.POSITIVE_INFINITY)
    expect(run([true, false, true, true], 1).logE).toBe(Number.POSITIVE_INFINITY)
    expect(run(Array(500).fill(true), 1).logE).toBeLessThan(Math.log(100))
  })

  test('a true share is refuted in at most 1 % of runs, looked at after every answer', () => {
    const draw = seeded(1)
    for (const w of [0.05, 0.2, 0.5]) {
      let alarms = 0
      for (let each = 0; each < 1000; each++) {
        let evidence = noEvidence
        while (evidence.answers < 600 && evidence.logE < Math.log(100))
          evidence = withAnswer(evidence, draw() < w, w)
        if (evidence.logE >= Math.log(100)) alarms++
      }
      expect(alarms).toBeLessThanOrEqual(17)
    }
  })

  test.each([
    [0.05, 0, 130, 130],
    [0.2, 0, 43, 43],
    [0.05, 0.2, 51, 109],
    [0.2, 0.05, 69, 122],
    [0.2, 0.5, 33, 64],
    [0.2, 0.1, 143, 314],
    [0.5, 0.2, 38, 66],
  ])(
    'configured %d but truly %d: noticed after about %d answers, mostly within %d',
    (w, truth, median, most) => {
      const draw = seeded(2)
      const needed = Array.from({ length: 300 }, () => {
        let evidence = noEvidence
        while (evidence.logE < Math.log(100)) evidence = withAnswer(evidence, draw() < truth, w)
        return evidence.answers
      })
      expect(quantile(needed, 0.5) / median).toBeCloseTo(1, 0)
      expect(Math.abs(quantile(needed, 0.5) / median - 1)).toBeLessThan(0.2)
      expect(Math.abs(quantile(needed, 0.95) / most - 1)).toBeLessThan(0.25)
    },
  )
})

describe('the band of shares not refuted', () => {
  test('holds what was seen, is never wider than 0…1, and ends where refutation begins', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(400), (hits, misses) => {
        const counts = { hits, answers: hits + misses }
        const { low, high } = bandOf(counts)
        const seen = counts.answers === 0 ? 0.5 : hits / counts.answers
        expect(low >= 0 && low <= seen && seen <= high && high <= 1).toBe(true)
        expect(refutes(counts, low + 1e-9)).toBe(false)
        if (low > 1e-6) expect(refutes(counts, low - 1e-6)).toBe(true)
        if (high < 1 - 1e-6) expect(refutes(counts, high + 1e-6)).toBe(true)
      }),
    )
  })

  test('loses the true share in at most 1 % of runs, looked at after every answer', () => {
    const draw = seeded(3)
    for (const w of [0.05, 0.5]) {
      let lost = 0
      for (let each = 0; each < 500; each++) {
        const counts = { hits: 0, answers: 0 }
        while (counts.answers < 500 && !refutes(counts, w)) {
          counts.answers++
          if (draw() < w) counts.hits++
        }
        if (counts.answers < 500) lost++
      }
      expect(lost).toBeLessThanOrEqual(10)
    }
  })
})
