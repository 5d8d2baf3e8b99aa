import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { SetWeight } from '@/lib/contract'
import { fail, ok } from '@/lib/domain/problem'
import { parseEnvironment } from '@/lib/server/env'
import { changeCluster, changeRelease, readCluster, readRelease, readServer } from '@/lib/server/handle'
import { methods } from '@/lib/server/methods'
import { createRuntime, setRuntime } from '@/lib/server/runtime'

function start(source: Record<string, string> = {}) {
  const environment = parseEnvironment(source)
  if (!environment.ok) throw new Error(environment.mistakes.join('\n'))
  setRuntime(createRuntime({ environment: environment.value, connections: [] }))
}

const ask = (headers: Record<string, string> = {}, init: { method?: string; body?: string } = {}) =>
  new Request('http://localhost/api/x', { ...init, headers: { host: 'localhost', ...headers } })
const at = (params: Record<string, string | string[]> = {}) => ({ params: Promise.resolve(params) })
const release = { cluster: 'a', namespace: 'b', name: 'c' }
const put = ask(
  { 'content-type': 'application/json' },
  { method: 'PUT', body: '{"weight":1,"resourceVersion":"1"}' },
)

beforeEach(() => start())
afterEach(() => {
  vi.restoreAllMocks()
})

describe('one way in for every call', () => {
  test('a value is the answer, for nobody to keep', async () => {
    const answer = await readServer(() => ok({ x: 1 }))(ask(), at())
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.json()).toEqual({ x: 1 })
  })

  test('a busy cluster passes on when to ask again; nothing else has such a header', async () => {
    const busy = fail('cluster-busy', 'Wait', { params: { retryAfterSeconds: 7 } })
    const answer = await readServer(() => busy)(ask(), at())
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '7'])
    const refused = await readServer(() => fail('cluster-refuses', 'No'))(ask(), at())
    expect(refused.headers.get('retry-after')).toBeNull()
  })

  test('a problem is RFC 9457 with the status of its code, its field and params, and an id', async () => {
    const failing = readServer(() =>
      fail('invalid-input', 'No', { field: 'weight', params: { rule: 'range', max: 100 } }),
    )
    const answer = await failing(ask(), at())
    expect(answer.status).toBe(422)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.json()).toEqual({
      type: 'urn:halftone:problem:invalid-input',
      status: 422,
      code: 'invalid-input',
      title: 'No',
      field: 'weight',
      params: { rule: 'range', max: 100 },
      requestId: answer.headers.get('x-request-id'),
    })
  })

  test('anything thrown is logged once under the request’s id, and its text stays inside', async () => {
    const logged: string[] = []
    vi.spyOn(process.stderr, 'write').mockImplementation(line => logged.push(String(line)) > 0)
    const answer = await readServer(() => {
      throw new Error('the password is hunter2')
    })(ask(), at())
    const body = await answer.text()
    expect(answer.status).toBe(500)
    expect(body).not.toContain('hunter2')
    expect(logged).toHaveLength(1)
    expect(JSON.parse(logged[0] ?? '')).toMatchObject({
      level: 'error',
      requestId: JSON.parse(body).requestId,
    })
  })

  test('the door is before everything', async () => {
    const act = vi.fn(() => ok(null))
    const statuses = [
      await readServer(act)(ask({ host: 'evil.example' }), at()),
      await readServer(act)(ask({ 'sec-fetch-site': 'cross-site' }), at()),
      await readServer(act)(ask({ origin: 'https://evil.example' }), at()),
    ].map(answer => answer.status)
    expect(statuses).toEqual([421, 403, 403])
    expect(act).not.toHaveBeenCalled()
  })

  test.each([
    [{ cluster: 'A' }, 422],
    [{ cluster: '..' }, 422],
    [{ cluster: 'unknown' }, 404],
    [{}, 422],
  ])('a cluster %j is %i', async (params, status) => {
    const answer = await readCluster(() => ok(null))(ask(), at(params))
    expect(answer.status).toBe(status)
  })

  test.each([
    [{ ...release, namespace: '%2e%2e' }, 422],
    [{ ...release, name: '../x' }, 422],
    [{ ...release, name: ['a', 'b'] }, 422],
    [release, 404],
  ])('a release %j is %i', async (params, status) => {
    const answer = await readRelease(() => ok(null))(ask(), at(params))
    expect(answer.status).toBe(status)
  })
})

describe('a read-only Halftone', () => {
  test('refuses no read, and every write', async () => {
    start({ HALFTONE_READ_ONLY: 'true' })
    expect((await readServer(() => ok(1))(ask(), at())).status).toBe(200)
    const act = vi.fn(() => ok(1))
    for (const change of [changeRelease, changeCluster]) {
      const answer = await change(SetWeight, act)(put, at(release))
      expect(await answer.json()).toMatchObject({ status: 403, code: 'read-only' })
    }
    expect(act).not.toHaveBeenCalled()
  })
})

describe('methods of an address', () => {
  const { GET, HEAD, POST, OPTIONS } = methods({ GET: readServer(() => ok({ x: 1 })) })

  test('those it does not take are 405 with what it takes, as a problem', async () => {
    const answer = await POST(ask({}, { method: 'POST' }), at())
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('GET, HEAD')
    expect(await answer.json()).toMatchObject({ code: 'method-not-allowed' })
    expect((await OPTIONS(ask({}, { method: 'OPTIONS' }), at())).status).toBe(405)
  })

  test('the door is before 405 as well', async () => {
    const answer = await POST(ask({ host: 'evil.example' }, { method: 'POST' }), at())
    expect(answer.status).toBe(421)
    expect(answer.headers.get('allow')).toBeNull()
  })

  test('HEAD is GET without the body', async () => {
    const [head, get] = [await HEAD(ask({}, { method: 'HEAD' }), at()), await GET(ask(), at())]
    expect(head.status).toBe(200)
    expect(await head.text()).toBe('')
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'))
  })
})

describe('the end of the process', () => {
  test('waits for a write under way, and says so to the readiness check', async () => {
    const environment = parseEnvironment({})
    if (!environment.ok) throw new Error('unexpected')
    const runtime = createRuntime({ environment: environment.value, connections: [] })
    expect(runtime.unready()).toEqual(['no cluster has been read yet'])
    let finish = () => {}
    const write = runtime.finishing(
      new Promise<void>(resolve => {
        finish = resolve
      }),
    )
    let isOver = false
    const stopped = runtime.stop().then(() => {
      isOver = true
    })
    expect(runtime.unready()).toEqual(['stopping'])
    expect(runtime.stopping.aborted).toBe(true)
    await new Promise(resolve => setImmediate(resolve))
    expect(isOver).toBe(false)
    finish()
    await write
    await stopped
    expect(isOver).toBe(true)
  })
})
