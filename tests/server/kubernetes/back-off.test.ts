import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backOffMs } from '@/lib/server/kubernetes/back-off'
import { nextLimit } from '@/lib/server/kubernetes/list'

const draw = fc.double({ min: 0, max: 1, noNaN: true })

test('the first try never waits, and no try waits longer than 5 s', () => {
  fc.assert(
    fc.property(fc.nat(1_000), draw, (failures, d) => {
      const ms = backOffMs(failures, d)
      expect(ms).toBeLessThanOrEqual(5_000)
      expect(ms > 0).toBe(failures > 0)
    }),
  )
})

test.each([
  [1, 200],
  [2, 400],
  [3, 800],
  [6, 5_000],
])('after %i failures the longest wait is %i ms, the shortest three quarters of it', (failures, longest) => {
  expect(backOffMs(failures, 1)).toBe(longest)
  expect(backOffMs(failures, 0)).toBe(longest * 0.75)
})

test('in ten seconds of outage a cluster is asked at most ten times', () => {
  let [ms, tries] = [0, 0]
  for (let failures = 1; ms < 10_000; failures += 1, tries += 1) ms += backOffMs(failures, 0)
  expect(tries).toBeLessThanOrEqual(10)
})

test('pages shrink when a page takes too long, grow when it is quick, and stay within their bounds', () => {
  expect(nextLimit(100, 100, 40)).toBe(25)
  expect(nextLimit(100, 100, 10)).toBe(100)
  expect(nextLimit(100, 100, 1)).toBe(200)
  expect(nextLimit(100, 3, 40)).toBe(100)
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 500 }),
      fc.double({ min: 0, max: 1e6, noNaN: true }),
      (limit, ms) => {
        const next = nextLimit(limit, limit, ms)
        expect(next).toBeGreaterThanOrEqual(10)
        expect(next).toBeLessThanOrEqual(500)
      },
    ),
  )
})
