import { expect, test, vi } from 'vitest'
import { DEPLOYMENTS, INGRESSES, SERVICES, stepsOf, world } from './with-operations'

const KINDS = ['Deployment', 'Service', 'Ingress'] as const

test.each(KINDS)('the answer to the creation of the %s is lost: it is found, not made twice', async kind => {
  const on = await world()
  for (const end of ['lost', 'cut']) {
    await on.fault({ writes: { end, kind, at: 1 } })
    const ended = await on.ended(await on.start())
    expect(ended.problem, end).toBeNull()
    expect(stepsOf(ended).every(each => each.endsWith(' done'))).toBe(true)
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
  const on = await world()
  await on.ended(await on.start())
  await on.fault({ writes: KINDS.map(kind => ({ end: 'lost', kind, verb: 'delete', at: 1 })) })
  expect((await on.ended(on.remove())).problem).toBeNull()
  expect(await on.made()).toEqual({})
})

test('an API server that answers nothing for a while: the start waits and goes on, and each object is made once', async () => {
  const on = await world({ askMs: 400 })
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

test('creations held back and let through late: whoever comes second is told that it is there', async () => {
  const on = await world({ askMs: 300 })
  const accepted = on.start()
  const begun = await accepted
  await on.fault({ blackhole: ['services', 'deployments', 'ingresses'] })
  await vi.waitFor(() => expect(on.operation(begun).state).toBe('running'))
  await on.fault({ blackhole: null })
  expect((await on.ended(begun)).problem).toBeNull()
  for (const path of [DEPLOYMENTS, SERVICES, INGRESSES]) await on.kubectl('GET', path)
  expect(Object.keys(await on.made())).toHaveLength(3)
})
