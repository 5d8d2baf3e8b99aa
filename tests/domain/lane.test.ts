import { describe, expect, test } from 'vitest'
import type { Epoch } from '@/lib/domain/epoch'
import { type Counted, type LaneRecord, newLane, withLaneAnswer } from '@/lib/domain/lane'
import { verdictOf } from '@/lib/domain/lane-verdict'
import { seeded } from './seeded'

const stable: Counted = { answered: 'stable' }
const canary: Counted = { answered: 'canary' }
const unknown: Counted = { answered: 'unknown', why: 'unknown-answers' }
const login: Counted = { answered: 'error', why: 'asks-for-login' }
const down: Counted = { answered: 'error', why: 'gateway-unreachable' }

const fed = (lane: LaneRecord, answers: readonly Counted[]) => answers.reduce(withLaneAnswer, lane)
const times = (count: number, answer: Counted) => Array.from({ length: count }, () => answer)
const drawn = (count: number, truth: number, draw = seeded(7)) =>
  Array.from({ length: count }, () => (draw() < truth ? canary : stable))
const after = (expected: number, ...answers: readonly Counted[][]) =>
  verdictOf(fed(newLane(expected), answers.flat()))

describe('the verdict of a lane', () => {
  test.each([
    ['nothing answered yet', 0.2, [], { verdict: 'not-enough-yet' }],
    ['20 % as configured', 0.2, drawn(450, 0.2), { verdict: 'as-configured', missing: 0 }],
    ['a canary that never answers', 0.2, times(43, stable), { verdict: 'not-as-configured' }],
    ['42 answers are not yet enough to say so', 0.2, times(42, stable), { verdict: 'not-enough-yet' }],
    ['everything from the canary at weight 50', 0.5, times(20, canary), { verdict: 'not-as-configured' }],
    ['weight 0', 0, times(90, stable), { verdict: 'as-configured' }],
    ['weight 0, two short', 0, times(88, stable), { verdict: 'not-enough-yet', missing: 2 }],
    ['weight 0 and one odd answer', 0, [...times(200, stable), canary], { verdict: 'not-as-configured' }],
    ['weight 100', 1, times(90, canary), { verdict: 'as-configured' }],
    [
      'gateway down from the start',
      0.2,
      times(5, down),
      { verdict: 'cannot-measure', why: 'gateway-unreachable' },
    ],
    [
      'gateway down for long',
      0.2,
      times(2000, down),
      { verdict: 'cannot-measure', why: 'gateway-unreachable' },
    ],
    [
      'everybody is asked to log in',
      1,
      times(5, login),
      { verdict: 'cannot-measure', why: 'asks-for-login' },
    ],
    [
      'only the canary asks for a login',
      0.5,
      times(60, stable).flatMap(each => [each, login]),
      { verdict: 'cannot-measure', why: 'asks-for-login' },
    ],
    [
      'a third is not recognised',
      0.2,
      drawn(400, 0.2).flatMap((each, i) => (i % 2 ? [each, unknown] : [each])),
      { verdict: 'cannot-measure', why: 'unknown-answers' },
    ],
    [
      'a page of a stranger',
      0.2,
      times(30, { answered: 'unknown', why: 'versions-alike' }),
      { verdict: 'cannot-measure', why: 'versions-alike' },
    ],
  ])('%s', (_case, expected, answers, verdict) => {
    expect(after(expected, answers)).toMatchObject(verdict)
  })

  test('a gateway that went down speaks against nobody, and what was known returns with it', () => {
    const before = fed(newLane(0.2), drawn(450, 0.2))
    const during = fed(before, times(600, down))
    expect(verdictOf(during)).toMatchObject({ verdict: 'cannot-measure', why: 'gateway-unreachable' })
    expect(verdictOf(fed(during, [stable]))).toMatchObject({ verdict: 'as-configured' })
  })

  test('at weight 0 one lost answer spoils the verdict only until 90 good ones have followed', () => {
    const before = fed(newLane(0), times(200, stable))
    const lost = fed(before, [{ answered: 'error', why: 'unknown-answers' }])
    expect(verdictOf(fed(lost, times(89, stable)))).toMatchObject({ verdict: 'cannot-measure' })
    expect(verdictOf(fed(lost, times(90, stable)))).toMatchObject({ verdict: 'as-configured' })
    expect(verdictOf(fed(lost, [...times(90, stable), canary]))).toMatchObject({
      verdict: 'not-as-configured',
    })
  })

  test('hanging requests never make the canary bad', () => {
    const hung: Counted = { answered: 'error', why: 'unknown-answers' }
    const half = drawn(600, 0.5).map(each => (each.answered === 'canary' ? hung : each))
    let lane = newLane(0.5)
    for (const each of half) {
      lane = withLaneAnswer(lane, each)
      expect(verdictOf(lane).verdict).not.toBe('not-as-configured')
    }
    expect(verdictOf(lane)).toMatchObject({ verdict: 'cannot-measure' })
  })
})

describe('not going blind', () => {
  const draw = seeded(8)
  const healthy = fed(newLane(0.2), drawn(18_000, 0.2, draw))

  test('after an hour as configured, a canary that dies is noticed within 150 answers', () => {
    expect(verdictOf(healthy).verdict).toBe('as-configured')
    expect(verdictOf(fed(healthy, times(150, stable))).verdict).toBe('not-as-configured')
  })

  test('what is shown then is what the alarm saw, not the good hour before', () => {
    const { tally } = fed(healthy, times(300, stable))
    expect(tally.canary / (tally.stable + tally.canary)).toBeLessThan(0.13)
  })

  test('and when it is back, the verdict comes back', () => {
    const back = fed(fed(healthy, times(200, stable)), drawn(1500, 0.2, draw))
    expect(verdictOf(back).verdict).toBe('as-configured')
  })

  test('a share that stays wrong stays wrong', () => {
    let lane = fed(newLane(0.2), drawn(600, 0.4, draw))
    for (const each of drawn(3000, 0.4, draw)) {
      lane = withLaneAnswer(lane, each)
      expect(verdictOf(lane).verdict).toBe('not-as-configured')
    }
  })

  test('a healthy day raises no alarm but for at most 1 in 100 first epochs', () => {
    let alarms = 0
    for (let each = 0; each < 200; each++) {
      let lane = newLane(0.2)
      for (const answer of drawn(1200, 0.2, draw)) lane = withLaneAnswer(lane, answer)
      if (lane.isContradicted) alarms++
    }
    expect(alarms).toBeLessThanOrEqual(6)
  })

  test('two epochs at most are open, 250 answers apart, and none is older than 500', () => {
    const sizes = ({ tally }: Epoch) => tally.stable + tally.canary
    let lane = newLane(0.5)
    for (const answer of drawn(2000, 0.5, draw)) {
      lane = withLaneAnswer(lane, answer)
      const [older, newer] = lane.epochs.map(sizes)
      expect(lane.epochs.length).toBeLessThanOrEqual(2)
      expect(older).toBeLessThan(500)
      if (newer !== undefined) expect((older ?? 0) - newer).toBe(250)
    }
  })
})
