import { expect, test, vi } from 'vitest'
import { stepsOf, world } from './with-operations'

const KINDS = ['Deployment', 'Service', 'Ingress'] as const

test.each(KINDS)('the answer to the creation of the %s is lost: it is found, not made twice', async kind => {
  const on = await world({ isSampled: false })
  for (const end of ['lost', 'cut']) {
    await on.fault({ writes: { end, kind, at: 1 } })
    const ended = await on.ended(await on.start())
    expect(ended.problem, end).toBeNull()
    expect(
      stepsOf(ended)
        .slice(0, 5)
        .every(each => each.endsWith(' done')),
    ).toBe(true)
    expect(Object.keys(await on.made())).toHaveLength(3)
    expect((await on.ended(on.remove())).problem).toBeNull()
  }
})

test('the answer to the first weight is lost: it is written once', async () => {
  const on = await world()
  await on.fault({ writes: { end: 'lost', kind: 'Ingress', verb: 'patch', at: 1 } })
  const ended = await on.ended(await on.start({ weight: 20 }))
  expect(ended.problem).toBeNull()
  expect(on.runtime.clusters.get('demo')?.releases()).toMatchObject([{ weight: 20 }])
})

test('answers to deletions are lost: everything goes, once', async () => {
  const on = await world({ isSampled: false })
  await on.ended(await on.start())
  await on.fault({ writes: KINDS.map(kind => ({ end: 'lost', kind, verb: 'delete', at: 1 })) })
  expect((await on.ended(on.remove())).problem).toBeNull()
  expect(await on.made()).toEqual({})
})

test('an API server that answers nothing for a while: the start waits and goes on, and each object is made once', async () => {
  const on = await world({ times: { askMs: 400, hopelessMs: 60_000 }, isSampled: false })
  await on.fault({ node: 'full' })
  const accepted = await on.start()
  await vi.waitFor(() => expect(on.halfStarted()?.objects).toHaveLength(2), { timeout: 10_000 })
  await on.fault({ blackhole: 'all', node: 'free' })
  const cluster = on.runtime.clusters.get('demo')
  await vi.waitFor(() => expect(cluster?.state().state).not.toBe('live'), { timeout: 15_000 })
  expect(on.operation(accepted).state).toBe('running')
  await on.fault({ blackhole: null })
  const ended = await on.ended(accepted)
  expect(ended.problem).toBeNull()
  expect(Object.keys(await on.made())).toHaveLength(3)
})

test('creations that arrive long after they were given up: whoever comes second is told that it is there', async () => {
  const on = await world({ times: { askMs: 300 }, isSampled: false })
  const accepted = await on.start()
  await on.fault({ delayMs: 900 })
  await vi.waitFor(() =>
    expect(stepsOf(on.operation(accepted)).join()).toMatch(/(deployment|service|ingress) running/),
  )
  await vi.waitFor(() => {
    const running = on.operation(accepted).steps.find(({ state }) => state === 'running')
    expect(running?.params).toMatchObject({ why: 'cluster-unreachable' })
  }, 20_000)
  await on.fault({ delayMs: 0 })
  expect((await on.ended(accepted)).problem).toBeNull()
  expect(Object.keys(await on.made())).toHaveLength(3)
})
