import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { fieldsOf, itemsOf } from '@/lib/domain/raw'
import { Stage, saying } from './stage'

let stage: Stage

beforeAll(async () => {
  stage = await Stage.open({ replicas: 2 })
  await stage.serve('v1', saying('v1'), saying('v1'))
  await stage.serve('v2', saying('v2'))
  await stage.ingress({
    name: 'main',
    host: 'shop.test',
    annotations: { 'rewrite-target': '/$2' },
    paths: [{ path: '/user(/|$)(.*)', pathType: 'ImplementationSpecific', service: 'v1' }],
  })
  const written = await stage.ingress({
    name: 'canary',
    host: 'shop.test',
    annotations: { canary: 'true', 'canary-weight': '0' },
    paths: [{ path: '/user(/|$)(.*)', pathType: 'ImplementationSpecific', service: 'v2' }],
  })
  await stage.settled(written)
})
afterAll(() => stage.close())

const user = (headers: Record<string, string> = {}) =>
  stage.get('/user/a?b=c', { host: 'shop.test', ...headers })

describe('routing over real HTTP', () => {
  test('a parked canary gets nothing, and the path is rewritten with its groups', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => user()))
    expect(new Set(answers.map(each => each.text))).toEqual(new Set(['v1 /a?b=c']))
  })

  test('a written rule is in effect once it is applied', async () => {
    await stage.settled(
      await stage.annotate('canary', { 'canary-by-header': 'role', 'canary-by-header-value': 'test' }),
    )
    expect((await user({ role: 'test' })).text).toBe('v2 /a?b=c')
    expect((await user({ role: 'other' })).text).toBe('v1 /a?b=c')
  })

  test('a header with an underscore is dropped, as nginx drops it', async () => {
    await stage.settled(
      await stage.annotate('canary', { 'canary-by-header': 'x-role', 'canary-by-header-value': 'test' }),
    )
    expect((await user({ x_role: 'test' })).text).toBe('v1 /a?b=c')
    expect((await user({ 'x-role': 'test' })).text).toBe('v2 /a?b=c')
  })

  test('an unknown host or path is 404', async () => {
    expect((await stage.get('/user', { host: 'other.test' })).status).toBe(404)
    expect((await stage.get('/nope', { host: 'shop.test' })).status).toBe(404)
  })

  test('every replica has an address of its own and routes alike', () => {
    expect(new Set(stage.gateway.urls).size).toBe(2)
    expect(stage.gateway.applied()[0]).toBe(stage.gateway.applied()[1])
  })

  test('the address of an ordinary Ingress is written once', async () => {
    const read = async () => fieldsOf(await stage.call('GET', '/apis/networking.k8s.io/v1/ingresses'))
    await vi.waitFor(async () => {
      const [main] = itemsOf((await read()).items).filter(each =>
        JSON.stringify(each).includes('"name":"main"'),
      )
      expect(fieldsOf(main).status).toEqual({ loadBalancer: { ingress: [{ ip: '127.0.0.1' }] } })
    })
    const before = stage.api.requests.internal
    await stage.settled(await stage.annotate('canary', { 'canary-by-header-value': 'again' }))
    expect(stage.api.requests.internal).toBe(before)
  })
})

describe('what those see who watch the gateway', () => {
  test('metrics tell canary and main apart by the label canary', async () => {
    await stage.settled(await stage.annotate('canary', { 'canary-by-header-value': 'metric' }))
    await user({ 'x-role': 'metric' })
    await vi.waitFor(async () => {
      const text = stage.gateway.metrics()
      expect(text).toMatch(
        /requests\{.*ingress="main".*service="v1",canary="default-v2-80",status="200"\} \d+/,
      )
      expect(text).toMatch(/requests\{.*ingress="main".*service="v1",canary="",status="200"\} \d+/)
      expect(text).toMatch(/request_duration_seconds_bucket\{.*le="\+Inf"\} \d+/)
    })
  })

  test('the access log names both upstreams', async () => {
    const text = stage.gateway.accessLog()
    expect(text).toContain('[default-v1-80] [default-v2-80]')
    expect(text).toContain('[default-v1-80] []')
    expect(text).toMatch(/^127\.0\.0\.1 - - \[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000\] "GET /m)
  })
})

describe('a new weight-total', () => {
  test('is lost while the weight’s number stays, until anything else changes', async () => {
    const all = { 'canary-by-header': null, 'canary-by-header-value': null }
    await stage.settled(
      await stage.annotate('canary', { ...all, 'canary-weight': '100', 'canary-weight-total': '100' }),
    )
    const ten = async () =>
      (await Promise.all(Array.from({ length: 10 }, () => user()))).map(each => each.text[1])
    expect(new Set(await ten())).toEqual(new Set(['2']))

    await stage.settled(await stage.annotate('canary', { 'canary-weight-total': '1000000000' }))
    expect(new Set(await ten())).toEqual(new Set(['2']))

    await stage.settled(await stage.annotate('main', { 'proxy-read-timeout': '61' }))
    expect(new Set(await ten())).toEqual(new Set(['1']))
  })
})
