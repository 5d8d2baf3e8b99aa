import { describe, expect, onTestFinished, test } from 'vitest'
import { farSide, gateway } from './far-side'
import { FAST, id, sampling, until, weighted } from './sampling'

describe('what users really get', () => {
  test('weight 50 as configured, proven by answers', async () => {
    const { port } = await farSide(gateway({ choose: weighted(50) }))
    const { samplers, lane, seen } = sampling(port, { weight: 50, sampling: FAST })
    samplers.watch(id)
    await until(() => expect(lane('everyone')).toMatchObject({ verdict: 'as-configured', expected: 0.5 }))
    expect(seen.samples?.inEffect).not.toBeNull()
    expect(seen.observed.at(-1)).toMatchObject({ verdict: 'as-configured' })
    expect(seen.samples?.series.everyone.length).toBeGreaterThan(2)
    expect(seen.samples?.latency.canary.p50).toBeGreaterThan(0)
  })

  test('a canary that gets nothing at weight 20 is not as configured', async () => {
    const { port } = await farSide(gateway({ choose: () => 'stable' }))
    const { samplers, lane } = sampling(port, { weight: 20, sampling: FAST })
    samplers.watch(id)
    await until(() => expect(lane('everyone')?.verdict).toBe('not-as-configured'))
    expect(lane('everyone')).toMatchObject({ canary: 0, share: 0 })
  })

  test('the header and the cookie each have a lane of their own', async () => {
    const { port } = await farSide(gateway({ choose: weighted(0) }))
    const setup = {
      cookie: 'vip_user',
      header: 'role',
      pattern: '^test$',
      sampling: { ...FAST, example: 'test' },
    }
    const { samplers, lane } = sampling(port, setup)
    samplers.watch(id)
    await until(() => expect(lane('cookie')?.canary).toBeGreaterThan(1))
    await until(() => expect(lane('everyone')?.verdict).toBe('as-configured'))
    expect(lane('header')).toMatchObject({ mark: 'role: test', expected: 1, stable: 0 })
    expect(lane('cookie')).toMatchObject({ mark: 'vip_user=always', expected: 1, stable: 0 })
    expect(lane('everyone')).toMatchObject({ expected: 0, canary: 0 })
  })

  test('whoever asks for samples takes no news from whoever watches them', async () => {
    const { port } = await farSide(gateway({ choose: weighted(50) }))
    const { samplers, seen } = sampling(port, { weight: 50 })
    samplers.watch(id)
    const asking = setInterval(() => samplers.read(id), 1)
    onTestFinished(() => clearInterval(asking))
    await until(() => expect(seen.published).toBeGreaterThan(8))
  })

  test('a pattern without an example that matches it is not measured', async () => {
    const { port } = await farSide(gateway({ choose: weighted(0) }))
    const { samplers, lane } = sampling(port, { header: 'role', pattern: '^test$' })
    samplers.watch(id)
    await until(() =>
      expect(lane('header')).toMatchObject({ verdict: 'cannot-measure', why: 'needs-example' }),
    )
    expect(lane('header')?.sent).toBe(0)
  })
})

describe('written, due, in effect', () => {
  test('answers before due are drawn and not counted; a change is proven by answers', async () => {
    let weight = 0
    const { port } = await farSide(gateway({ choose: request => weighted(weight)(request) }))
    const { samplers, reconfigure, seen, lane } = sampling(port, { sampling: FAST }, { dueMs: 700 })
    samplers.watch(id)
    await until(() => expect(seen.samples?.answeredSoFar).toBeGreaterThan(5))

    reconfigure({ weight: 100, sampling: FAST })
    await until(() => expect(seen.samples?.changes).toMatchObject([{ from: 0, to: 100 }]))
    weight = 100
    await until(() => expect(seen.samples?.inEffect).not.toBeNull())
    const { due = '', written = '', inEffect, recent } = seen.samples ?? {}
    expect(Date.parse(due) - Date.parse(written)).toBe(700)
    expect(Date.parse(inEffect ?? '')).toBeGreaterThanOrEqual(Date.parse(due))
    for (const [atMs, , , , , early] of recent ?? [])
      if (atMs >= Date.parse(written)) expect(early).toBe(atMs < Date.parse(due) ? 1 : 0)
    await until(() => expect(lane('everyone')?.verdict).toBe('as-configured'))
  })

  test('probes after due go out on connections opened after due', async () => {
    const opened = new WeakMap<object, number>()
    const requests: { openedMs: number; atMs: number }[] = []
    const { port } = await farSide(({ socket }, response) => {
      if (!opened.has(socket)) opened.set(socket, Date.now())
      requests.push({ openedMs: opened.get(socket) ?? 0, atMs: Date.now() })
      response.end('user-v1')
    })
    const { samplers, reconfigure, seen } = sampling(port, { sampling: FAST }, { dueMs: 600 })
    samplers.watch(id)
    await until(() => expect(seen.samples?.answeredSoFar).toBeGreaterThan(5))
    reconfigure({ weight: 5, sampling: FAST })
    await until(() => expect(seen.samples?.lanes[0]?.sent).toBeGreaterThan(5))
    const dueMs = Date.parse(seen.samples?.due ?? '')
    const later = requests.filter(each => each.atMs > dueMs + 5)
    expect(later.length).toBeGreaterThan(5)
    for (const each of later) expect(each.openedMs).toBeGreaterThanOrEqual(dueMs)
  })

  test('a controller that never applies the change is contradicted, not in effect', async () => {
    const { port } = await farSide(gateway({ choose: weighted(0) }))
    const { samplers, reconfigure, seen, lane } = sampling(port, { sampling: FAST })
    samplers.watch(id)
    await until(() => expect(lane('everyone')?.stable).toBeGreaterThan(5))
    reconfigure({ weight: 50, sampling: FAST })
    await until(() => expect(lane('everyone')).toMatchObject({ expected: 0.5, verdict: 'not-as-configured' }))
    expect(seen.samples?.inEffect).toBeNull()
  })

  test('after a rollback the lane of the rule stays until answers show that it is gone', async () => {
    const { port } = await farSide(
      gateway({ choose: weighted(0), canary: (_q, r) => r.end(seenRule ? 'user-v2' : 'user-v1') }),
    )
    let seenRule = true
    const { samplers, reconfigure, seen, lane } = sampling(port, { cookie: 'vip_user', sampling: FAST })
    samplers.watch(id)
    await until(() => expect(lane('cookie')?.canary).toBeGreaterThan(0))
    reconfigure({ sampling: FAST })
    await until(() => expect(lane('cookie')).toMatchObject({ expected: 0, mark: 'vip_user=always' }))
    await until(() => expect(lane('cookie')?.canary).toBeGreaterThan(0))
    expect(seen.samples?.inEffect).toBeNull()
    seenRule = false
    await until(() => expect(seen.samples?.inEffect).not.toBeNull())
    await until(() => expect(lane('cookie')).toBeUndefined())
  })
})

describe('who starts load', () => {
  test('nobody watches: nothing is sent; the last viewer gone: it ends after the grace', async () => {
    let requests = 0
    const { port } = await farSide((_request, response) => {
      requests++
      response.end('user-v1')
    })
    const { samplers, seen, reconfigure } = sampling(port, { sampling: FAST }, { graceMs: 300 })
    reconfigure({ weight: 5, sampling: FAST })
    expect(seen.samples).toBeNull()
    const [first, second] = [samplers.watch(id), samplers.watch(id)]
    await until(() => expect(requests).toBeGreaterThan(3))
    first()
    first()
    await until(() => expect(seen.samples?.state).toBe('sampling'))
    second()
    await until(() => expect(seen.samples?.state).toBe('paused'))
    const [sent, published] = [requests, seen.published]
    reconfigure({ weight: 6, sampling: FAST })
    await until(() => expect(seen.published).toBeGreaterThan(published))
    expect(requests - sent).toBeLessThanOrEqual(1)
  })

  test('asking for the samples counts as watching', async () => {
    let requests = 0
    const { port } = await farSide((_request, response) => {
      requests++
      response.end('user-v1')
    })
    const { samplers } = sampling(port, { sampling: FAST })
    expect(samplers.read(id)?.lanes).toMatchObject([{ lane: 'everyone', verdict: 'not-enough-yet', sent: 0 }])
    await until(() => expect(requests).toBeGreaterThan(3))
  })

  test('sampling switched off: said so, and nothing is sent', async () => {
    let requests = 0
    const { port } = await farSide(() => requests++)
    const { samplers, seen } = sampling(port, { weight: 5 }, { sampling: 'off' })
    samplers.watch(id)
    await until(() => expect(seen.samples?.state).toBe('off'))
    expect(seen.samples?.lanes).toMatchObject([{ verdict: 'cannot-measure', why: 'sampling-off' }])
    expect(requests).toBe(0)
  })

  test.each([
    ['no gateway is known', { weight: 5 }, { gateways: [] }, 'no-gateway'],
    ['the release is dead', { weight: 5, dead: true }, {}, 'dead'],
    ['stable has no endpoints', { weight: 5, stableReady: false }, {}, 'stable-empty'],
    ['the host is a wildcard', { weight: 5, host: '*.shop.test' }, {}, 'needs-example'],
    ['the path is a pattern', { weight: 5, path: '/user(/|$)(.*)' }, {}, 'needs-example'],
  ] as const)('%s: cannot measure, and nothing is sent', async (_case, setup, config, why) => {
    let requests = 0
    const { port } = await farSide(() => requests++)
    const { samplers, lane } = sampling(port, setup, config)
    samplers.watch(id)
    await until(() => expect(lane('everyone')).toMatchObject({ verdict: 'cannot-measure', why }))
    expect(requests).toBe(0)
  })

  test('a wildcard host and a pattern are measured by the example that is set', async () => {
    const asked: string[] = []
    const { port } = await farSide((request, response) => {
      asked.push(`${request.headers.host}${request.url}`)
      response.end('user-v1')
    })
    const sampled = { ...FAST, host: 'eu.shop.test', path: '/user/list' }
    const { samplers } = sampling(port, { host: '*.shop.test', path: '/user(/|$)(.*)', sampling: sampled })
    samplers.watch(id)
    await until(() => expect(asked[0]).toBe('eu.shop.test/user/list'))
  })

  test('a release that is deleted is published as gone, and comes back with its viewers', async () => {
    const { port } = await farSide(gateway({ choose: weighted(0) }))
    const { samplers, reconfigure, seen, lane } = sampling(port, { sampling: FAST })
    samplers.watch(id)
    await until(() => expect(lane('everyone')?.stable).toBeGreaterThan(1))
    reconfigure(null)
    expect(seen.samples).toBeNull()
    reconfigure({ sampling: FAST })
    await until(() => expect(lane('everyone')?.stable).toBeGreaterThan(1))
  })
})
