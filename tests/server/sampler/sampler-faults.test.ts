import type { RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import { farSide, gateway } from './far-side'
import { FAST, id, sampling, until, weighted } from './sampling'

describe('faults of the far side', () => {
  const hang: RequestListener = () => undefined
  const with503: RequestListener = (_request, response) => response.writeHead(503).end('Service Unavailable')
  const stranger: RequestListener = (_request, response) => response.end('<h1>Welcome</h1>')
  const login: RequestListener = (_request, response) => response.writeHead(401).end()
  const redirect: RequestListener = (_request, response) =>
    response.writeHead(308, { location: 'https://shop.test/user' }).end()

  test.each([
    ['hangs', hang, 'unknown-answers'],
    ['errors', with503, 'unknown-answers'],
    ['answers an unknown text', stranger, 'unknown-answers'],
    ['asks for a login', login, 'asks-for-login'],
    ['redirects to https', redirect, 'redirects-to-https'],
  ] as const)('v2 %s: cannot measure, never that the canary is bad', async (_case, canary, why) => {
    const { port } = await farSide(gateway({ choose: weighted(50), canary }))
    const { samplers, lane, seen } = sampling(port, { weight: 50, sampling: FAST })
    samplers.watch(id)
    await until(() => expect(lane('everyone')).toMatchObject({ verdict: 'cannot-measure', why }))
    await until(() => expect(lane('everyone')?.stable).toBeGreaterThan(10))
    expect(seen.observed.map(each => each.verdict)).not.toContain('not-as-configured')
  })

  test('an error that says its version counts for its version', async () => {
    const canary: RequestListener = (_request, response) => response.writeHead(500).end('user-v2 failed')
    const { port } = await farSide(gateway({ choose: weighted(50), canary }))
    const { samplers, lane } = sampling(port, { weight: 50, sampling: FAST })
    samplers.watch(id)
    await until(() => expect(lane('everyone')?.canary).toBeGreaterThan(10))
    expect(lane('everyone')?.errors).toBe(0)
  })

  test('an unknown answer is shown by its type, never by its text', async () => {
    const { port } = await farSide((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<script>alert(1)</script>')
    })
    const { samplers, lane } = sampling(port, { weight: 50, sampling: FAST })
    samplers.watch(id)
    await until(() => expect(lane('everyone')?.examples).toHaveLength(3))
    expect(lane('everyone')?.examples[0]).toEqual({ status: 200, contentType: 'text/html', words: [] })
  })

  test('slow answers do not thin out the probes', async () => {
    let requests = 0
    const { port } = await farSide((_request, response) => {
      requests++
      setTimeout(() => response.end('user-v1'), 2000).unref()
    })
    const { samplers } = sampling(port, { sampling: FAST })
    samplers.watch(id)
    await until(() => expect(requests).toBeGreaterThan(40))
  })

  test('gateway down: cannot measure; back again: measured again', async () => {
    const first = await farSide(gateway({ choose: weighted(0) }))
    const { samplers, lane, seen } = sampling(first.port, { sampling: FAST })
    samplers.watch(id)
    await until(() => expect(lane('everyone')?.verdict).toBe('as-configured'))
    await first.close()
    await until(() =>
      expect(lane('everyone')).toMatchObject({ verdict: 'cannot-measure', why: 'gateway-unreachable' }),
    )
    await farSide(gateway({ choose: weighted(0) }), first.port)
    await until(() => expect(lane('everyone')?.verdict).toBe('as-configured'))
    expect(seen.observed.map(each => each.verdict)).not.toContain('not-as-configured')
  })

  test('an Ingress status that points at ourselves is not followed', async () => {
    let requests = 0
    const { port } = await farSide((_request, response) => {
      requests++
      response.end('user-v1')
    })
    const setup = { weight: 50, sampling: FAST, addresses: ['127.0.0.1'] }
    const { samplers, lane } = sampling(port, setup, { gateways: [] })
    samplers.watch(id)
    await until(() => expect(lane('everyone')?.verdict).toBe('cannot-measure'))
    expect(['forbidden-target', 'gateway-unreachable']).toContain(lane('everyone')?.why)
    expect(requests).toBe(0)
  })
})
