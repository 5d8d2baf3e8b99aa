import { expect, test, vi } from 'vitest'
import type { Operation } from '@/lib/domain/model/operation'
import { DEPLOYMENTS, INGRESSES, SERVICES, stepsOf, world } from './with-operations'

const WEIGHT = 'nginx.ingress.kubernetes.io/canary-weight'
const weigh = (weight: string) => ({ metadata: { annotations: { [WEIGHT]: weight } } })

test('a parked release is taken away: the Ingress first, and the pods only after the gateway has let go of them', async () => {
  const on = await world({ isSampled: false })
  await on.ended(await on.start())
  const order: string[] = []
  on.runtime.hub.subscribe('operation', ({ bytes }) => {
    const { value } = JSON.parse(new TextDecoder().decode(bytes).slice('data: '.length)) as {
      value: Operation
    }
    order.push(stepsOf(value).join(', '))
  })
  const removed = on.remove()
  const begunMs = performance.now()
  const ended = await on.ended(removed)
  expect(ended).toMatchObject({ kind: 'remove', state: 'done', problem: null })
  expect(stepsOf(ended)).toEqual(['ingress-gone done', 'service-gone done', 'deployment-gone done'])
  expect(order[0]).toBe('ingress-gone running, service-gone waiting, deployment-gone waiting')
  expect(performance.now() - begunMs).toBeGreaterThanOrEqual(300)
  expect(await on.made()).toEqual({})
  await vi.waitFor(() => expect(on.halfStarted()).toBeNull())
  expect(on.remove()).toMatchObject({ ok: false, problem: { code: 'not-found' } })
  expect(await on.resume()).toMatchObject({ ok: false, problem: { code: 'not-found' } })
})

test('a release with a weight is not taken away, nor one that gets it in the last moment', async () => {
  const on = await world({ isSampled: false })
  await on.ended(await on.start())
  await on.kubectl('PATCH', `${INGRESSES}/user-canary`, weigh('20'))
  await vi.waitFor(() => expect(on.runtime.clusters.get('demo')?.releases()).toMatchObject([{ weight: 20 }]))
  expect(on.remove()).toMatchObject({ ok: false, problem: { code: 'not-parked' } })
  await on.kubectl('PATCH', `${INGRESSES}/user-canary`, weigh('0'))
  await vi.waitFor(() =>
    expect(on.runtime.clusters.get('demo')?.releases()).toMatchObject([{ state: 'parked' }]),
  )
  await on.fault({ blackhole: 'ingresses' })
  const removed = on.remove()
  await on.kubectl('PATCH', `${INGRESSES}/user-canary`, weigh('20'))
  await on.fault({ blackhole: null })
  expect((await on.ended(removed)).problem).toMatchObject({ code: 'not-parked' })
  expect(Object.keys(await on.made())).toHaveLength(3)
})

test('a canary Ingress that somebody made an ordinary one may serve everybody: it stays', async () => {
  const on = await world({ isSampled: false })
  await on.ended(await on.start())
  await on.kubectl('PATCH', `${INGRESSES}/user-canary`, {
    metadata: { annotations: { 'nginx.ingress.kubernetes.io/canary': 'false', [WEIGHT]: null } },
  })
  const ordinary = () => on.runtime.clusters.get('demo')?.ingress('default', 'user-canary')?.annotations
  await vi.waitFor(() => expect(ordinary()).not.toHaveProperty([WEIGHT]))
  expect(on.remove()).toMatchObject({ ok: false, problem: { code: 'not-a-canary' } })
  expect(Object.keys(await on.made())).toHaveLength(3)
})

test('pods that somebody else’s Service selects by now stay: nothing tells who calls it', async () => {
  const on = await world({ isSampled: false })
  await on.ended(await on.start())
  const made = await on.kubectl('GET', `${SERVICES}/service-user-v2`)
  await on.kubectl('POST', SERVICES, {
    ...{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'user-internal' } },
    spec: {
      selector: (made as { spec: { selector: Record<string, string> } }).spec.selector,
      ports: [{ port: 80, targetPort: 80 }],
    },
  })
  const ended = await on.ended(on.remove())
  expect(stepsOf(ended)).toEqual(['ingress-gone done', 'service-gone done', 'deployment-gone failed'])
  expect(ended.problem).toMatchObject({ code: 'not-parked', params: { service: 'user-internal' } })
  expect(await on.kubectl('GET', `${DEPLOYMENTS}/user-v2`)).toMatchObject({ kind: 'Deployment' })
})

test('a start that waits for its pods is stopped by its removal, and what it has made goes; one removal at a time', async () => {
  const on = await world({ isSampled: false })
  const begun = await on.start({ env: { READY: 'false' } })
  await vi.waitFor(() => expect(stepsOf(on.operation(begun))).toContain('pods running'), 20_000)
  const removed = on.remove()
  expect(on.remove()).toMatchObject({ problem: { code: 'operation-running' } })
  const stopped = await on.ended(begun)
  expect(stopped).toMatchObject({ state: 'failed', problem: { code: 'operation-stopped' } })
  expect(stepsOf(stopped).slice(0, 4)).toEqual([
    'deployment done',
    'service done',
    'pods failed',
    'endpoints waiting',
  ])
  expect(stepsOf(await on.ended(removed))).toEqual([
    'ingress-gone skipped',
    'service-gone done',
    'deployment-gone done',
  ])
  expect(await on.made()).toEqual({})
  await vi.waitFor(() => expect(on.halfStarted()).toBeNull())
  expect((await on.ended(await on.start())).state).toBe('done')
})

test('a start that is stopped at a write ends with the answer to it: nothing of it comes after the removal', async () => {
  const on = await world({ isSampled: false })
  const begun = await on.start()
  const ended = await on.ended(on.remove())
  expect(ended.problem).toBeNull()
  expect((await on.ended(begun)).problem).toMatchObject({ code: 'operation-stopped' })
  expect(await on.made()).toEqual({})
})

test('leftovers of a canary Ingress that somebody deleted are shown, and can be taken away', async () => {
  const on = await world({ isSampled: false })
  await on.ended(await on.start())
  await on.kubectl('DELETE', `${INGRESSES}/user-canary`)
  await vi.waitFor(() => expect(on.halfStarted()).toMatchObject({ isRunning: false, pods: { ready: 3 } }))
  const ended = await on.ended(on.remove())
  expect(stepsOf(ended)).toEqual(['ingress-gone skipped', 'service-gone done', 'deployment-gone done'])
  expect(await on.made()).toEqual({})
})

test('a Service that is not ours any more is left alone, and the pods behind it', async () => {
  const on = await world({ isSampled: false })
  await on.ended(await on.start())
  await on.kubectl('PATCH', `${SERVICES}/service-user-v2`, {
    metadata: { labels: { 'app.kubernetes.io/managed-by': null } },
  })
  const ended = await on.ended(on.remove())
  expect(stepsOf(ended)).toEqual(['ingress-gone done', 'service-gone skipped', 'deployment-gone failed'])
  expect(ended.problem).toMatchObject({ code: 'not-parked', params: { service: 'service-user-v2' } })
  expect(await on.kubectl('GET', `${SERVICES}/service-user-v2`)).toMatchObject({ kind: 'Service' })
})

test('pods that requests still come to stay, whoever has taken our labels off what is before them', async () => {
  const on = await world({ isSampled: false })
  await on.ended(await on.start())
  const unlabelled = { labels: { 'app.kubernetes.io/managed-by': null } }
  await on.kubectl('PATCH', `${SERVICES}/service-user-v2`, { metadata: unlabelled })
  await on.kubectl('PATCH', `${INGRESSES}/user-canary`, {
    metadata: { ...unlabelled, ...weigh('20').metadata },
  })
  await vi.waitFor(() => expect(on.runtime.clusters.get('demo')?.releases()).toMatchObject([{ weight: 20 }]))
  const ended = await on.ended(on.remove())
  expect(ended.problem).toMatchObject({ code: 'not-parked', params: { name: 'user-canary' } })
  expect(await on.kubectl('GET', `${DEPLOYMENTS}/user-v2`)).toMatchObject({ kind: 'Deployment' })
})

test('a Service that another Ingress leads to by now is not taken away from under it', async () => {
  const on = await world({ isSampled: false })
  await on.ended(await on.start())
  await on.kubectl('POST', INGRESSES, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'theirs' },
    spec: {
      ingressClassName: 'nginx',
      defaultBackend: { service: { name: 'service-user-v2', port: { number: 80 } } },
    },
  })
  await vi.waitFor(() => expect(on.runtime.clusters.get('demo')?.ingress('default', 'theirs')).toBeDefined())
  const ended = await on.ended(on.remove())
  expect(ended.problem).toMatchObject({ code: 'not-parked', params: { name: 'theirs' } })
})
