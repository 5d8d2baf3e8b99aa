import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dotPaths, litCells } from '@/components/ui/dots'

test.each([
  ['nothing at 0', 0, 100, 100, 0],
  ['everything at the total', 100, 100, 100, 100],
  ['everything above the total', 150, 100, 100, 100],
  ['one dot for the smallest weight', 1, 1000, 100, 1],
  ['one ring left for the largest weight below the total', 999, 1000, 100, 99],
  ['one dot a part', 20, 100, 100, 20],
])('%s', (_case, weight, total, cells, lit) => {
  expect(litCells(weight, total, cells)).toBe(lit)
})

test('more weight never lights fewer dots, and a split never looks like all or nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 0, max: 1000 }), (total, part) => {
      const weight = Math.min(part, total)
      const lit = litCells(weight, total, 500)
      expect(lit).toBeLessThanOrEqual(litCells(weight + 1, total, 500))
      if (weight > 0 && weight < total) {
        expect(lit).toBeGreaterThan(0)
        expect(lit).toBeLessThan(500)
      }
    }),
  )
})

test('however many dots there are, each kind is one path', () => {
  const kinds = ['stable', 'canary', 'up', 'down', 'unknown', 'error'] as const
  const dots = Array.from({ length: 600 }, (_, index) => ({
    x: index,
    y: 1,
    kind: kinds[index % 6] ?? 'stable',
  }))
  expect(dotPaths(dots, 10)).toHaveLength(6)
  expect(dotPaths(dots.slice(0, 1), 10)).toHaveLength(1)
})
