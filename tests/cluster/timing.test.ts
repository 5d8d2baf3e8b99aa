import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, describe, test } from 'vitest'
import { type Change, expectTrue, type Written, written } from '@/tests/cluster/timing/change'
import { ruled, swing, swung, weightChange } from '@/tests/cluster/timing/changes'
import { churn } from '@/tests/cluster/timing/churn'
import { CHANGES, onRelease, onScreen } from '@/tests/cluster/timing/stage'
import { Table } from '@/tests/cluster/timing/table'

/** After so much quiet the controller applies a change at once. */
const QUIET_MS = 4_000

const table = new Table()
afterAll(() => console.log(table.text))

describe('a change as the gateway has it, and as the screen has it, with the times of the product', () => {
  const { ground } = onRelease()
  const scene = onScreen(ground)

  test('weight 0 to 100 and back, the controller at rest', async () => {
    table.add('weight, at rest', await swung(scene(), CHANGES, () => pause(QUIET_MS)))
  })

  test('a rule on and off', async () => {
    table.add('cookie rule', await ruled(scene(), CHANGES / 2))
  })

  test('weight 0 to 100 and back, the controller syncing all the time', async () => {
    const stop = churn(ground())
    table.add('weight, controller busy', await swung(scene(), CHANGES))
    await stop()
  })

  test('one change right after the other: what is said to be in effect is', async () => {
    const done: (Written & { change: Change })[] = []
    for (const weight of swing(CHANGES)) {
      const change = weightChange(scene(), weight)
      done.push({ change, ...(await written(scene(), change)) })
    }
    for (const [at, { change, writtenMs }] of done.entries())
      expectTrue(scene(), change, [writtenMs, done[at + 1]?.startMs ?? Date.now()])
    const timed = done.map(({ startMs, writtenMs, firstMs, lastOldMs }) => ({
      written: writtenMs - startMs,
      first: firstMs - startMs,
      lastOld: lastOldMs - startMs,
    }))
    table.add('weight, back to back', timed)
  })
})
