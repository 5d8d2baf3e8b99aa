import { expect, test } from 'vitest'
import { answersUntilMoved, noStretch, notYetMoved, withStep, withStretch } from '@/lib/domain/sprt'
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
    let [test, hasClaimed] = [notYetMoved, false]
    for (let n = 0; n < 300; n++) {
      test = withStep(test, draw() < 0.2, { before: 0.2, after: 0.5 })
      hasClaimed ||= test.hasMoved
    }
    if (hasClaimed) claimed++
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

test('one that has moved and then answers as before has not moved', () => {
  const shares = { before: 0, after: 1 }
  const moved = withStep(notYetMoved, true, shares)
  expect(moved.hasMoved).toBe(true)
  expect(withStep(moved, false, shares).hasMoved).toBe(false)
})

test('a stretch begins with the first answer that speaks for the move, and ends with one against it', () => {
  const shares = { before: 0, after: 1 }
  const first = withStretch(noStretch, true, { ...shares, atMs: 300 })
  const second = withStretch(first, true, { ...shares, atMs: 500 })
  expect(second.sinceMs).toBe(300)
  expect(withStretch(second, false, { ...shares, atMs: 700 })).toEqual(noStretch)
})

test('a change that changes nothing can never be told apart', () => {
  expect(answersUntilMoved(notYetMoved, { before: 0.2, after: 0.2 })).toBeNull()
  expect(answersUntilMoved(notYetMoved, { before: 0.2, after: 0.25 })).toBeGreaterThan(500)
})
