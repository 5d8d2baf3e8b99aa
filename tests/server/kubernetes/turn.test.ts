import { expect, test } from 'vitest'
import { Turns } from '@/lib/server/kubernetes/turn'

/** What happened, in order: work of two readers, and others who want the event loop in between. */
async function together(workMs: number): Promise<string[]> {
  const turns = new Turns()
  const log: string[] = []
  let isDone = false
  const others = () => {
    log.push('others')
    if (!isDone) setImmediate(others)
  }
  setImmediate(others)
  const reader = async () => {
    for (let i = 0; i < 20; i += 1) {
      log.push('work')
      await turns.used(workMs)
    }
  }
  await Promise.all([reader(), reader()])
  isDone = true
  return log
}

function longestStretch(log: readonly string[]): number {
  const stretches = log.join(' ').split('others')
  return Math.max(...stretches.map(each => each.match(/work/g)?.length ?? 0))
}

test('readers together work 5 ms at a time, then everybody else has a turn', async () => {
  // 2 ms each: three pieces fill a slice, and each of the two readers may have begun one more.
  expect(longestStretch(await together(2))).toBeLessThanOrEqual(5)
})

test('little work is not interrupted', async () => {
  expect(longestStretch(await together(0.01))).toBe(40)
})
