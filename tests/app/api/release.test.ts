import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { POST as decide } from '@/app/api/clusters/[cluster]/decide/route'
import { POST as rollback } from '@/app/api/clusters/[cluster]/releases/[namespace]/[name]/rollback/route'
import { GET as release } from '@/app/api/clusters/[cluster]/releases/[namespace]/[name]/route'
import { PUT as rules } from '@/app/api/clusters/[cluster]/releases/[namespace]/[name]/rules/route'
import { PUT as sampling } from '@/app/api/clusters/[cluster]/releases/[namespace]/[name]/sampling/route'
import { PUT as weight } from '@/app/api/clusters/[cluster]/releases/[namespace]/[name]/weight/route'
import { GET as releases } from '@/app/api/clusters/[cluster]/releases/route'
import { GET as routes } from '@/app/api/clusters/[cluster]/routes/route'
import { GET as clusters } from '@/app/api/clusters/route'
import { GET as ready } from '@/app/api/health/ready/route'
import type { Handler } from '@/lib/server/http'
import { call, type Stage, startServer } from '../with-server'

let stage: Stage
beforeAll(async () => {
  stage = await startServer()
})
afterAll(() => stage.stop())

const PAYMENTS = { cluster: 'demo', namespace: 'payments', name: 'payments-canary' }
const OWNED = { cluster: 'demo', namespace: 'orders', name: 'orders-canary' }
const get = async (params = PAYMENTS) => (await call(release, { params })).json()
const version = async () => (await get()).resourceVersion

async function change(handler: Handler, method: string, body: unknown, params = PAYMENTS) {
  const answer = await call(handler, { params, method, body })
  return { status: answer.status, body: await answer.json() }
}

describe('reads', () => {
  test('clusters, routes and releases are what the cluster has', async () => {
    expect(await (await call(clusters)).json()).toMatchObject([{ cluster: 'demo', state: 'live' }])
    const params = { cluster: 'demo' }
    const board = await (await call(releases, { params })).json()
    const payments = board.find(
      (each: { id: unknown }) => JSON.stringify(each.id) === JSON.stringify(PAYMENTS),
    )
    expect(payments).toMatchObject({ state: 'shifting', weightTotal: 100 })
    expect(payments.canary.pods).toBeUndefined()
    expect(await (await call(routes, { params })).json()).toContainEqual(
      expect.objectContaining({ ingress: 'payments', release: 'payments-canary' }),
    )
    expect((await call(ready)).status).toBe(200)
  })

  test('a release has its pods, an unknown one is not found', async () => {
    const { canary } = await get()
    expect(canary.pods.length).toBeGreaterThan(0)
    expect((await call(release, { params: { ...PAYMENTS, name: 'nobody' } })).status).toBe(404)
  })

  test('decide answers for a request, and writes nothing', async () => {
    const body = { host: 'payments.shop.test', path: '/' }
    const before = await version()
    const answer = await call(decide, { params: { cluster: 'demo' }, method: 'POST', body })
    expect(await answer.json()).toMatchObject({ to: 'split', release: 'payments-canary' })
    expect(await version()).toBe(before)
    const elsewhere = await call(decide, {
      params: { cluster: 'demo' },
      method: 'POST',
      body: { ...body, ingress: 'orders' },
    })
    expect(await elsewhere.json()).toMatchObject({ status: 422, code: 'ambiguous-route', field: 'ingress' })
  })
})

describe('writes', () => {
  test('a weight is answered with the release that has it, and the next read has it too', async () => {
    const answer = await change(weight, 'PUT', { weight: 20, resourceVersion: await version() })
    expect(answer).toMatchObject({ status: 200, body: { weight: 20, weightTotal: 100 } })
    expect(await get()).toMatchObject({ weight: 20, resourceVersion: answer.body.resourceVersion })
  })

  test('an edit begun before somebody else’s change is refused with 409', async () => {
    const seen = await version()
    await change(weight, 'PUT', { weight: 21, resourceVersion: seen })
    expect(await change(weight, 'PUT', { weight: 22, resourceVersion: seen })).toMatchObject({
      status: 409,
      body: { code: 'stale-edit' },
    })
    expect((await get()).weight).toBe(21)
  })

  test('rules are replaced as a whole', async () => {
    const header = { name: 'X-Beta', value: 'on' }
    const set = await change(rules, 'PUT', { header, cookie: 'vip', resourceVersion: await version() })
    expect(set).toMatchObject({ status: 200, body: { rules: { header, cookie: 'vip' } } })
    const taken = await change(rules, 'PUT', {
      header: null,
      cookie: 'vip',
      resourceVersion: await version(),
    })
    expect(taken).toMatchObject({ status: 200, body: { rules: { header: null, cookie: 'vip' } } })
  })

  test('sampling settings are kept on the canary', async () => {
    expect(await change(sampling, 'PUT', { perSecond: 3, path: '/ping' })).toMatchObject({ status: 200 })
    const ingress = stage.runtime.clusters.get('demo')?.ingress('payments', 'payments-canary')
    expect(ingress?.annotations['halftone.dev/sampling']).toBe('{"perSecond":3,"path":"/ping"}')
  })

  test('rollback asks for no version: weight 0 and no rules in one write', async () => {
    expect(await change(rollback, 'POST', { reason: 'errors' })).toMatchObject({
      status: 200,
      body: { weight: 0, rules: { header: null, cookie: null }, state: 'parked' },
    })
  })

  test('a release that another controller keeps is left alone, unless its rollback is confirmed once more', async () => {
    const { resourceVersion } = await get(OWNED)
    expect(await change(weight, 'PUT', { weight: 1, resourceVersion }, OWNED)).toMatchObject({
      status: 409,
      body: { code: 'owned-elsewhere' },
    })
    expect(await change(rollback, 'POST', {}, OWNED)).toMatchObject({ status: 409 })
    expect((await get(OWNED)).resourceVersion).toBe(resourceVersion)
    expect(await change(rollback, 'POST', { evenThoughOwned: true }, OWNED)).toMatchObject({ status: 200 })
  })
})

describe('bad input is a problem with its field, and nothing is written', () => {
  const header = (name: string, more: object = {}) => ({ header: { name, ...more }, cookie: null })
  test.each([
    ...[-1, 101, 5.5, '5', '5%', ' 5', '', null, [], 2 ** 53].map(
      bad => ['weight', weight, { weight: bad }] as const,
    ),
    ['weightTotal', weight, { weight: 5, weightTotal: 500 }],
    ['host', weight, { weight: 5, host: 'evil.example' }],
    ['path', weight, { weight: 5, path: '/' }],
    ...['X_Y', 'X:Y', 'X Y', 'X\r\nY', 'x'.repeat(300), 'Host', 'X-😀', 'X-e\u0301', ''].map(
      bad => ['header.name', rules, header(bad)] as const,
    ),
    ...['a\r\nb', 'a;b', '"', '$' + '{x}', '{', 'x'.repeat(10_240)].map(
      bad => ['header.value', rules, header('X-Beta', { value: bad })] as const,
    ),
    ...['(a+)+$', '(?=x)', '\\1', '[', '*', 'x'.repeat(2_048)].map(
      bad => ['header.pattern', rules, header('X-Beta', { pattern: bad, example: 'x' })] as const,
    ),
    ...['a=b', 'a;b', 'session', 'ü', ''].map(
      bad => ['cookie', rules, { header: null, cookie: bad }] as const,
    ),
    ['namespace', rules, { header: null, cookie: null, namespace: 'kube-system' }],
  ] as const)('%s', async (field, handler, body) => {
    const before = await get()
    const answer = await change(handler, 'PUT', { ...body, resourceVersion: before.resourceVersion })
    expect(answer).toMatchObject({ status: 422, body: { field } })
    expect(await get()).toEqual(before)
  })

  test.each([
    ['perSecond', { perSecond: 0 }],
    ['perSecond', { perSecond: 51 }],
    ['path', { path: 'http://169.254.169.254/' }],
    ['host', { host: 'a b' }],
    ['url', { url: 'http://169.254.169.254/' }],
  ])('sampling %s %j', async (field, body) => {
    const before = await get()
    expect(await change(sampling, 'PUT', body)).toMatchObject({ status: 422, body: { field } })
    expect(await get()).toEqual(before)
  })
})
