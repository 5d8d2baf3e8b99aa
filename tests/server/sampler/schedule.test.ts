import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { InOrder } from '@/lib/server/sampler/in-order'
import { Allowance, Schedule } from '@/lib/server/sampler/schedule'

test('a gateway is asked at most 100 times in any second, and about 80 on average', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 500, maxLength: 800, size: 'max' }),
      gaps => {
        const allowance = new Allowance()
        const taken: number[] = []
        let nowMs = 5
        for (const gap of gaps) {
          nowMs += gap
          while (allowance.take(nowMs)) taken.push(nowMs)
        }
        for (const start of taken)
          expect(taken.filter(each => each >= start && each < start + 1000).length).toBeLessThanOrEqual(100)
        expect(taken.length).toBeLessThanOrEqual(20 + (nowMs / 1000) * 80)
      },
    ),
    { numRuns: 10 },
  )
})

test('each lane keeps its own pace, and a lane that goes on keeps its beat when others come and go', async () => {
  const sent: string[] = []
  const schedule = new Schedule(asker => sent.push(asker))
  const everyone = { asker: 'everyone' as const, everyMs: 20 }
  schedule.set([everyone])
  schedule.set([everyone, { asker: 'cookie', everyMs: 10_000 }])
  schedule.set([everyone, { asker: 'cookie', everyMs: 10_000 }])
  await vi.waitFor(() => expect(sent.filter(asker => asker === 'everyone').length).toBeGreaterThan(5))
  expect(sent.filter(asker => asker === 'cookie')).toHaveLength(1)
  schedule.stop()
})

test('answers count in the order sent, whatever order they come in, each once', () => {
  const orders = fc.nat({ max: 30 }).chain(count => {
    const all = Array.from({ length: count }, (_, i) => i)
    return fc.shuffledSubarray(all, { minLength: count })
  })
  fc.assert(
    fc.property(orders, order => {
      const line = new InOrder()
      const counted: number[] = []
      const places = order.map(() => line.place())
      for (const i of order) places[i]?.(() => counted.push(i))
      expect(counted).toEqual([...order].sort((a, b) => a - b))
    }),
  )
})

test('what was under way when all began anew does not count', () => {
  const line = new InOrder()
  const counted: string[] = []
  const [hung, late] = [line.place(), line.place()]
  late(() => counted.push('late'))
  line.clear()
  line.place()(() => counted.push('new'))
  hung(() => counted.push('hung'))
  expect(counted).toEqual(['new'])
})
