import { expect, test, vi } from 'vitest'
import type { Operation, StepName } from '@/lib/domain/model/operation'
import { DEPLOYMENTS, type Server, stepOf, stepsOf, world } from './with-operations'

/** Ends the process in the moment in which this step begins: nothing of it is written any more. */
function killAt(on: Server, step: StepName): Promise<void> {
  return new Promise(resolve => {
    on.runtime.hub.subscribe('operation', ({ bytes }) => {
      const { value } = JSON.parse(new TextDecoder().decode(bytes).slice('data: '.length)) as {
        value: Operation
      }
      if (stepOf(value, step)?.state === 'running') resolve(on.stop())
    })
  })
}

test.each(['service', 'pods', 'endpoints', 'ingress'] as const)(
  'a process that ends before %s: the next one shows it as half-started and goes on, and nothing is made twice',
  async step => {
    const on = await world({ isSampled: false })
    const killed = killAt(on, step)
    await on.start()
    await killed
    const before = await on.made()
    expect(Object.keys(before)).toHaveLength(step === 'service' ? 1 : 2)
    const next = await on.again()
    await vi.waitFor(() => expect(next.halfStarted()).toMatchObject({ isRunning: false }), {
      timeout: 10_000,
    })
    const ended = await next.ended(await next.resume())
    expect(ended.problem).toBeNull()
    expect(
      stepsOf(ended)
        .slice(0, 5)
        .every(each => each.endsWith(' done')),
    ).toBe(true)
    expect(await on.made()).toMatchObject(before)
    expect(Object.keys(await on.made())).toHaveLength(3)
    expect(next.halfStarted()).toBeNull()
  },
)

test('a process that ends before the canary was shown to be reachable: what was chosen is written after all', async () => {
  const on = await world()
  const killed = killAt(on, 'reachable')
  await on.start({ weight: 20, rules: { header: null, cookie: 'vip_user' } })
  await killed
  const before = await on.made()
  const next = await on.again()
  const ended = await next.ended(await next.resume())
  expect(ended).toMatchObject({ state: 'done' })
  expect(await on.made()).toEqual(before)
  expect(next.runtime.clusters.get('demo')?.releases()).toMatchObject([
    { weight: 20, rules: { cookie: 'vip_user' } },
  ])
})

test('a release that somebody has steered since is not given its first weight again', async () => {
  const on = await world()
  await on.ended(await on.start({ weight: 20 }))
  expect(await on.resume()).toMatchObject({ ok: false, problem: { code: 'already-released' } })
})

test('a Deployment that somebody has changed meanwhile is not taken for what the start was to make', async () => {
  const on = await world({ isSampled: false })
  await on.fault({ node: 'full' })
  await on.ended(await on.start())
  const { spec } = (await on.kubectl('GET', `${DEPLOYMENTS}/user-v2`)) as {
    spec: { template: { spec: { containers: { name: string }[] } } }
  }
  const [container] = spec.template.spec.containers
  await on.kubectl('PATCH', `${DEPLOYMENTS}/user-v2`, {
    spec: { template: { spec: { containers: [{ ...container, image: 'nginx:other' }] } } },
  })
  expect(await on.resume()).toMatchObject({ ok: false, problem: { code: 'already-exists' } })
  await on.fault({ node: 'free' })
  expect((await on.ended(on.remove())).problem).toBeNull()
})

test('what is left of a start at any of its steps can be taken away by the next process', async () => {
  const on = await world({ isSampled: false })
  let server: Server = on
  for (const step of ['service', 'pods', 'ingress', 'reachable'] as const) {
    const killed = killAt(server, step)
    await server.start()
    await killed
    server = await on.again()
    expect((await server.ended(server.remove())).problem, step).toBeNull()
    expect(await on.made(), step).toEqual({})
  }
})

test('a removal that was cut short is gone on with by the next process', async () => {
  const on = await world({ isSampled: false })
  await on.ended(await on.start())
  const killed = killAt(on, 'service-gone')
  on.remove()
  await killed
  expect(Object.keys(await on.made())).toHaveLength(2)
  const next = await on.again()
  await vi.waitFor(() => expect(next.halfStarted()).not.toBeNull(), { timeout: 10_000 })
  expect((await next.ended(next.remove())).problem).toBeNull()
  expect(await on.made()).toEqual({})
})
