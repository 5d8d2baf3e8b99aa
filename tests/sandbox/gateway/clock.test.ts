import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { clockOf } from '@/sandbox/gateway/clock'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function replica(delay: number | 'real') {
  const at: { synced: number[]; applied: number[]; byOther: number[] } = {
    synced: [],
    applied: [],
    byOther: [],
  }
  const clock = clockOf(delay, {
    sync: () => at.synced.push(performance.now()),
    apply: worker => (worker === 0 ? at.applied : at.byOther).push(performance.now()),
  })
  return { clock, at }
}

describe('a clock like that of a real replica', () => {
  test('the first configuration is in effect at once', () => {
    const { clock, at } = replica('real')
    clock.changed()
    vi.advanceTimersByTime(10)
    expect(at.applied).toHaveLength(1)
  })

  test('a change after a quiet time is in effect within one poll of a second', () => {
    const { clock, at } = replica('real')
    clock.changed()
    vi.advanceTimersByTime(10_000)
    const changedAt = performance.now()
    clock.changed()
    vi.advanceTimersByTime(10_000)
    expect(at.applied).toHaveLength(2)
    expect((at.applied[1] ?? 0) - changedAt).toBeLessThanOrEqual(1_010)
  })

  test('changes in a burst are read at 0.3 a second and in effect within 4.34 s', () => {
    const { clock, at } = replica('real')
    clock.changed()
    vi.advanceTimersByTime(10_000)
    const beganAt = performance.now()
    for (let i = 0; i < 100; i++) {
      clock.changed()
      vi.advanceTimersByTime(100)
    }
    const lastAt = performance.now()
    vi.advanceTimersByTime(10_000)
    const gaps = at.synced.slice(2).map((ms, i) => ms - (at.synced[i + 1] ?? 0))
    expect(at.synced.filter(ms => ms >= beganAt).length).toBeLessThanOrEqual(5)
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(3_333)
    expect((at.applied.at(-1) ?? 0) - lastAt).toBeLessThanOrEqual(4_340)
  })
})

test('workers take a change one by one, within a second of each other', () => {
  const apart = Array.from({ length: 20 }, () => {
    const { clock, at } = replica('real')
    clock.changed()
    vi.advanceTimersByTime(10_000)
    clock.changed()
    vi.advanceTimersByTime(10_000)
    return Math.abs((at.applied.at(-1) ?? 0) - (at.byOther.at(-1) ?? 0))
  })
  expect(Math.max(...apart)).toBeGreaterThan(0)
  expect(Math.max(...apart)).toBeLessThanOrEqual(1_000)
})

describe('a clock for tests', () => {
  test('many changes in one moment are one sync', () => {
    const { clock, at } = replica(0)
    for (let i = 0; i < 50; i++) clock.changed()
    vi.advanceTimersByTime(100)
    expect(at.applied).toHaveLength(1)
  })

  test('a steady stream of changes does not put it off for ever', () => {
    const { clock, at } = replica(20)
    for (let i = 0; i < 100; i++) {
      clock.changed()
      vi.advanceTimersByTime(5)
    }
    expect(at.applied.length).toBeGreaterThan(10)
  })

  test('a stopped clock applies nothing any more', () => {
    const { clock, at } = replica(10)
    clock.changed()
    clock.stop()
    vi.advanceTimersByTime(1_000)
    expect(at.applied).toEqual([])
  })
})
