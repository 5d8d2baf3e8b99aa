import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Evidence } from '@/lib/domain/model/claims'
import { theCluster } from '@/tests/cluster/harness/cluster'
import { proven } from '@/tests/cluster/timing/change'
import { ruled, swung, weightChange } from '@/tests/cluster/timing/changes'
import { churn } from '@/tests/cluster/timing/churn'
import { CANARY } from '@/tests/cluster/timing/release'
import { CHANGES, onRelease, onScreen } from '@/tests/cluster/timing/stage'
import { Table } from '@/tests/cluster/timing/table'

const table = new Table()
afterAll(() => console.log(table.text))

/** Due so early that every change is late: nothing but answers keeps the screen from saying it too soon. */
describe('the screen never has a change in effect before the gateway has', { retry: 0 }, () => {
  const { ground } = onRelease()
  const scene = onScreen(ground, { HALFTONE_DUE_MS: '200' })
  beforeAll(() => scene().screen.setPace(25))

  test('weight 0 to 100 and back, a rule on and off', async () => {
    table.add('due after 200 ms: weight', await swung(scene(), CHANGES))
    table.add('due after 200 ms: cookie rule', await ruled(scene(), CHANGES / 2))
  })

  test('the controller syncing all the time', async () => {
    const stop = churn(ground())
    table.add('due after 200 ms: weight, controller busy', await swung(scene(), CHANGES))
    await stop()
  })

  test('changed and changed back at once: the proof from before is none of what is now', async () => {
    for (let time = 0; time < CHANGES / 2; time++) {
      await scene().screen.setWeight(100)
      await proven(scene(), weightChange(scene(), 0))
    }
  })

  test('the same by another hand, faster than Halftone reads', async () => {
    const byHand = (weight: string) => ground().annotate(CANARY, { 'canary-weight': weight })
    const write = async () => {
      await byHand('100')
      await byHand('0')
    }
    for (let time = 0; time < CHANGES / 2; time++)
      await proven(scene(), { ...weightChange(scene(), 0), write })
  })

  test('a controller that is dead: of two changes in a row neither passes for the other', async () => {
    const cluster = theCluster()
    await proven(scene(), weightChange(scene(), 100))
    await cluster.kill('ingress-nginx')
    await scene().screen.setWeight(0)
    const startMs = Date.now()
    await scene().screen.setWeight(50)
    const said = () => scene().screen.since(startMs)
    const of = (evidence: Evidence) => said().filter(each => each.evidence.everyone === evidence)
    await vi.waitFor(() => expect(of('contradicted')).not.toEqual([]), { timeout: 30_000 })
    expect(of('in-effect')).toEqual([])
    await cluster.start('ingress-nginx')
    await vi.waitFor(() => expect(of('in-effect')).not.toEqual([]), { timeout: 60_000 })
    await proven(scene(), weightChange(scene(), 0))
  })
})
