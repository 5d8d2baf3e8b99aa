import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '@/sandbox/start'
import { clientOf } from '@/tests/contract/client'
import { INGRESSES, ingress } from '@/tests/contract/objects'
import { adminOf } from './client'

let sandbox: Sandbox
let api: ReturnType<typeof clientOf>
let admin: ReturnType<typeof adminOf>

beforeAll(async () => {
  sandbox = await startSandbox({ world: 'empty', syncDelayMs: 0, bookmarkMs: 50 })
  api = clientOf(sandbox)
  admin = adminOf(sandbox)
})
afterEach(() => admin('/faults', { reset: true }))
afterAll(async () => {
  await api.close()
  await sandbox.stop()
})

const asHalftone = () => ({ token: sandbox.tokens.halftone })
const versionNow = async () => String((await api.ask('GET', INGRESSES)).body.metadata?.resourceVersion)
const watching = async (token: string) =>
  api.watch(`${INGRESSES}?watch=true&resourceVersion=${await versionNow()}`, { token })

describe('faults on request', () => {
  test('cut watches end at once, those of others stay', async () => {
    const [ours, other] = [await watching(sandbox.tokens.halftone), await watching(sandbox.tokens.admin)]
    await admin('/faults', { watches: 'cut' })
    await vi.waitFor(() => expect(ours.ended).toBe(true))
    expect(other.ended).toBe(false)
    other.stop()
  })

  test('a black hole swallows events and answers without closing anything, and gives them back', async () => {
    const ours = await watching(sandbox.tokens.halftone)
    const other = await watching(sandbox.tokens.admin)
    await admin('/faults', { blackhole: 'Ingress' })
    await api.ask('POST', INGRESSES, { body: ingress('dark') })
    const hanging = api.ask('GET', INGRESSES, asHalftone())
    await vi.waitFor(() => expect(other.events.length).toBeGreaterThan(0))
    expect([ours.events.length, ours.ended]).toEqual([0, false])
    expect((await api.ask('GET', '/api/v1/pods', asHalftone())).status).toBe(200)
    await admin('/faults', { blackhole: null })
    expect((await hanging).status).toBe(200)
    await vi.waitFor(() =>
      expect(ours.events[0]).toMatchObject({ type: 'ADDED', object: { metadata: { name: 'dark' } } }),
    )
    ours.stop()
    other.stop()
  })

  test('a black hole for all holds /readyz too', async () => {
    await admin('/faults', { blackhole: 'all' })
    const answered = vi.fn()
    const ready = api.ask('GET', '/readyz', asHalftone()).then(answered)
    expect((await api.ask('GET', '/readyz')).text).toBe('ok')
    expect(answered).not.toHaveBeenCalled()
    await admin('/faults', { blackhole: null })
    await ready
    expect(answered).toHaveBeenCalledOnce()
  })

  test.each([
    [100, 4],
    [50, 2],
    [0, 0],
  ])('%i %% of requests are answered 429 with Retry-After', async (percent, expected) => {
    await admin('/faults', { answer: { status: 429, percent, retryAfter: 7 } })
    const answers = []
    for (let i = 0; i < 4; i++) answers.push(await api.ask('GET', '/readyz', asHalftone()))
    const refused = answers.filter(each => each.status === 429)
    expect(refused).toHaveLength(expected)
    for (const each of refused) expect(each.headers['retry-after']).toBe('7')
    expect((await api.ask('GET', '/readyz')).status).toBe(200)
  })

  test('a denied verb is 403 for that kind alone', async () => {
    await admin('/faults', { deny: { verb: 'list', kind: 'pods' } })
    expect((await api.ask('GET', '/api/v1/pods', asHalftone())).status).toBe(403)
    expect((await api.ask('GET', INGRESSES, asHalftone())).status).toBe(200)
  })

  test('a server that is down refuses connections and comes back on the same port', async () => {
    const watch = await watching(sandbox.tokens.admin)
    await admin('/faults', { down: true })
    await vi.waitFor(() => expect(watch.ended).toBe(true))
    await expect(api.ask('GET', '/readyz')).rejects.toThrow()
    await admin('/faults', { down: false })
    expect((await api.ask('GET', '/readyz')).text).toBe('ok')
  })

  test('a fault hits another token when asked to', async () => {
    await admin('/faults', { token: 'admin', answer: { status: 500 } })
    expect((await api.ask('GET', '/readyz')).status).toBe(500)
    expect((await api.ask('GET', '/readyz', asHalftone())).status).toBe(200)
  })

  test('requests are counted by token', async () => {
    const before = (await admin('/requests')).body.halftone
    await api.ask('GET', '/readyz', asHalftone())
    await api.ask('GET', '/readyz')
    expect(Number((await admin('/requests')).body.halftone)).toBe(Number(before) + 1)
  })

  test('the clock moves and new objects carry its time', async () => {
    await admin('/clock', { to: '2031-05-06T07:08:09Z' })
    const { body } = await api.ask('POST', INGRESSES, { body: ingress('future') })
    expect(body.metadata?.creationTimestamp).toMatch(/^2031-05-06T07:08:/)
    await admin('/clock', { byMs: -86_400_000 })
    expect((await admin('/clock')).body.now).toMatch(/^2031-05-05/)
  })

  test('what every gateway replica has applied can be asked', async () => {
    const { body } = await api.ask('POST', INGRESSES, { body: ingress('applied') })
    const version = Number(body.metadata?.resourceVersion)
    await vi.waitFor(async () => {
      const applied = (await admin('/applied')).body.applied as unknown as string[]
      expect(applied).toHaveLength(1)
      expect(Number(applied[0])).toBeGreaterThanOrEqual(version)
    })
  })

  test.each([
    ['/faults', { nonsense: true }],
    ['/faults', { token: 'nobody', expire: true }],
    ['/clock', { to: 'noon' }],
  ])('%s refuses %o', async (path, body) => {
    expect((await admin(path, body)).status).toBe(400)
  })

  test('the gateway leaves the network and comes back at the same port', async () => {
    const asks = () => fetch(sandbox.gatewayUrl).then(({ status }) => status)
    expect(await asks()).toBe(404)
    await admin('/faults', { gateway: 'down' })
    await expect(asks()).rejects.toThrow()
    await admin('/faults', { gateway: 'up' })
    expect(await asks()).toBe(404)
  })
})
