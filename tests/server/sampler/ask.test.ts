import type { IncomingMessage, RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { SendRequest } from '@/lib/contract'
import { farSide, gateway } from './far-side'
import { id, sampling, weighted } from './sampling'
import type { Setup } from './world'

type Config = Parameters<typeof sampling>[2]

/** A release behind a gateway that keeps what it is asked. */
async function asking(
  setup: Setup,
  { listener, config }: { listener?: RequestListener; config?: Config } = {},
) {
  const seen: IncomingMessage[] = []
  const answer = listener ?? gateway({ choose: weighted(setup.weight ?? 0) })
  const { port } = await farSide((request, response) => {
    seen.push(request)
    answer(request, response)
  })
  const stage = sampling(port, setup, config)
  const ask = (body: SendRequest = {}) => stage.samplers.ask(id, body)
  const value = async (body?: SendRequest) => {
    const sent = await ask(body)
    return sent.ok ? sent.value : sent.problem
  }
  return { ...stage, port, seen, ask, value }
}

describe('one request, sent for real', () => {
  test('is a GET of the route with the marks that were typed, and nothing more', async () => {
    const { seen, value, port } = await asking({ header: 'role', host: 'shop.test' })
    await value({ path: '/user/x?y=1', headers: { Role: 'test' }, cookies: { a: '1', b: '2' } })
    expect(seen.map(({ method, url, headers }) => ({ method, url, headers }))).toEqual([
      {
        method: 'GET',
        url: '/user/x?y=1',
        headers: {
          host: 'shop.test',
          'user-agent': 'halftone-sampler/0.1.0',
          accept: '*/*',
          role: 'test',
          cookie: 'a=1; b=2',
          connection: 'keep-alive',
        },
      },
    ])
    expect(port).toBeGreaterThan(0)
  })

  test.each<[string, Setup, SendRequest, object]>([
    ['no marks', {}, {}, { answered: 'stable', version: 'user-v1', predicted: 'stable' }],
    [
      'the header rule’s mark',
      { header: 'role' },
      { headers: { role: 'always' } },
      { predicted: 'canary', answered: 'stable', version: 'user-v1' },
    ],
    [
      'the cookie rule’s mark',
      { cookie: 'vip_user' },
      { cookies: { vip_user: 'always' } },
      { predicted: 'canary', answered: 'canary', version: 'user-v2' },
    ],
    ['a split', { weight: 50 }, {}, { predicted: 'split', answered: 'stable' }],
    ['a stable that is empty', { stableReady: false }, {}, { predicted: '503', answered: 'stable' }],
  ])('%s: what answered stands beside what was predicted', async (_case, setup, body, expected) => {
    const { value, port } = await asking(setup)
    expect(await value(body)).toMatchObject({
      ...expected,
      status: 200,
      gateway: `http://127.0.0.1:${port}`,
      why: null,
      isDue: true,
    })
  })

  test('an answer that only repeats what was typed names no version', async () => {
    const { value } = await asking({}, { listener: (request, response) => response.end(request.headers.x) })
    expect(await value({ headers: { x: 'user-v2' } })).toMatchObject({ answered: 'unknown', version: null })
  })

  test('a change that the gateway may not have read yet is said', async () => {
    const { value } = await asking({ routingVersion: '1' }, { config: { dueMs: Number.MAX_SAFE_INTEGER } })
    expect(await value()).toMatchObject({ isDue: false })
  })

  test('it is no sample, and starts none', async () => {
    const { samplers, seen, value } = await asking({})
    await value()
    expect(seen).toHaveLength(1)
    const stopWatching = samplers.watch(id)
    stopWatching()
    expect(samplers.read(id)?.answeredSoFar).toBe(0)
  })

  test('a redirect is not followed', async () => {
    const { seen, value } = await asking(
      {},
      {
        listener: (_request, response) =>
          response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
      },
    )
    expect(await value()).toMatchObject({ answered: 'unknown', status: 302 })
    expect(seen).toHaveLength(1)
  })

  test('more than five a second are refused, and not sent', async () => {
    const { ask, seen } = await asking({})
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask()))
    const refused = answers.flatMap(each => (each.ok ? [] : [each.problem]))
    expect(seen.length).toBeGreaterThan(0)
    expect(seen.length).toBeLessThanOrEqual(5)
    expect(refused.length).toBe(12 - seen.length)
    expect(refused[0]).toMatchObject({ code: 'too-many-requests', params: { retryAfterSeconds: 1 } })
  })
})

describe('nothing is sent, and why is said', () => {
  test.each<[string, Setup, SendRequest, Config, object]>([
    ['sampling is off', {}, {}, { sampling: 'off' }, { why: 'sampling-off', gateway: null, status: null }],
    ['no gateway', {}, {}, { gateways: [] }, { why: 'no-gateway' }],
    ['a dead canary', { dead: true }, {}, {}, { why: 'dead' }],
    ['a wildcard without a host', { host: '*.shop.test' }, {}, {}, { why: 'needs-example' }],
    ['a path of somebody else', {}, { path: '/pay' }, {}, { code: 'ambiguous-route', field: 'path' }],
    ['a path that only begins alike', {}, { path: '/user2' }, {}, { code: 'ambiguous-route' }],
    ['a path that climbs out of the route', {}, { path: '/user/../pay' }, {}, { code: 'ambiguous-route' }],
    ['encoded too', {}, { path: '/user/%2e%2e/pay' }, {}, { code: 'ambiguous-route' }],
    [
      'a host of somebody else',
      { host: 'shop.test' },
      { host: 'other.test' },
      {},
      { code: 'ambiguous-route' },
    ],
    [
      'an address as host',
      { host: 'shop.test' },
      { host: '169.254.169.254' },
      {},
      { code: 'ambiguous-route' },
    ],
    ['a host with a port', {}, { host: 'localhost:6443' }, {}, { code: 'invalid-input', field: 'host' }],
    ['an absolute path', {}, { path: '//169.254.169.254/' }, {}, { code: 'ambiguous-route' }],
    [
      'a line end',
      {},
      { headers: { role: 'a\r\nHost: b' } },
      {},
      { code: 'invalid-input', field: 'headers' },
    ],
    [
      'a header of the connection',
      {},
      { headers: { 'Transfer-Encoding': 'chunked' } },
      {},
      { code: 'invalid-input' },
    ],
    ['another Host', {}, { headers: { host: 'evil.test' } }, {}, { code: 'invalid-input' }],
    ['a cookie that begins another', {}, { cookies: { a: 'b; c=d' } }, {}, { field: 'cookies' }],
  ])('%s', async (_case, setup, body, config, expected) => {
    const { value, seen } = await asking(setup, config && { config })
    expect(await value(body)).toMatchObject(expected)
    expect(seen).toEqual([])
  })

  test('a wildcard takes a host that it covers', async () => {
    const { value, seen } = await asking({ host: '*.shop.test' })
    expect(await value({ host: 'a.shop.test' })).toMatchObject({ answered: 'stable' })
    expect(seen[0]?.headers.host).toBe('a.shop.test')
    expect(await value({ host: 'a.b.shop.test' })).toMatchObject({ code: 'ambiguous-route' })
  })

  test('the API server is no gateway, whoever says so', async () => {
    const seen: string[] = []
    const { port } = await farSide((request, response) => {
      seen.push(request.url ?? '')
      response.end('user-v1')
    })
    const { samplers } = sampling(port, {}, { apiServers: [`http://localhost:${port}`] })
    const sent = await samplers.ask(id, {})
    expect(sent).toMatchObject({ ok: true, value: { answered: 'error', why: 'forbidden-target' } })
    expect(seen).toEqual([])
  })

  test('a gateway that is not there', async () => {
    const { port, close } = await farSide((_request, response) => response.end())
    await close()
    const { samplers } = sampling(port, {})
    expect(await samplers.ask(id, {})).toMatchObject({
      ok: true,
      value: { answered: 'error', status: null, why: 'gateway-unreachable' },
    })
  })

  test('a release that is gone', async () => {
    const { port } = await farSide((_request, response) => response.end())
    const { samplers, reconfigure } = sampling(port, {})
    reconfigure(null)
    expect(await samplers.ask(id, {})).toMatchObject({ ok: false, problem: { code: 'not-found' } })
  })
})
