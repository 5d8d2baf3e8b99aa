import { expect, test } from 'vitest'
import { gridOf, type MatrixAnswer, matrixDots } from '@/components/ui/dot-matrix-layout'

const answers = (count: number): MatrixAnswer[] => Array.from({ length: count }, () => 'stable')
const grid = gridOf(340, false)

test('400 answers fill 20 × 20 on a desk and 25 × 16 on a phone', () => {
  expect([grid.columns, grid.rows]).toEqual([20, 20])
  expect([gridOf(343, true).columns, gridOf(343, true).rows]).toEqual([25, 16])
})

test('an answer keeps its column while newer ones arrive', () => {
  const columnOfNewest = (seen: number) => matrixDots(answers(400), seen, grid).dots.at(-1)?.x
  const before = matrixDots(answers(400), 1000, grid)
  const after = matrixDots(answers(400), 1001, grid)
  expect(before.dots.at(-1)?.x).toBe(after.dots.at(-2)?.x)
  expect(columnOfNewest(1000)).not.toBe(columnOfNewest(1001))
})

test('a new answer moves nothing until the row is full; then all rows move up by one', () => {
  const rowOf = (seen: number, fromEnd: number) => matrixDots(answers(400), seen, grid).dots.at(-fromEnd)?.y
  expect(rowOf(1005, 1)).toBe(rowOf(1006, 2))
  expect(rowOf(1000, 1)).toBeCloseTo((rowOf(1001, 2) ?? 0) + grid.pitch)
})

test('nothing is drawn outside the field', () => {
  for (let seen = 0; seen <= 900; seen += 7) {
    const { dots } = matrixDots(answers(Math.min(seen, 400)), seen, grid)
    for (const dot of dots) {
      expect(dot.x).toBeLessThan(grid.width)
      expect(dot.y).toBeLessThan(grid.height)
    }
  }
})
