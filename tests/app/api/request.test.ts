import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { POST as decide } from '@/app/api/clusters/[cluster]/decide/route'
import { POST as fix } from '@/app/api/clusters/[cluster]/releases/[namespace]/[name]/fix/route'
import { POST as request } from '@/app/api/clusters/[cluster]/releases/[namespace]/[name]/request/route'
import { GET as release } from '@/app/api/clusters/[cluster]/releases/[namespace]/[name]/route'
import { PUT as rules } from '@/app/api/clusters/[cluster]/releases/[namespace]/[name]/rules/route'
import { PUT as weight } from '@/app/api/clusters/[cluster]/releases/[namespace]/[name]/weight/route'
import type { Handler } from '@/lib/server/http'
import { setRuntime } from '@/lib/server/runtime'
import { call, type Stage, startServer } from '../with-server'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const USER = { cluster: 'demo', namespace: 'default', name: 'user-canary' }
const MARKS = { header: { headers: { role: 'test' } }, cookie: { cookies: { vip_user: 'always' } }, none: {} }

let stage: Stage
beforeAll(async () => {
  stage = await startServer(({ gatewayUrl }) => ({ HALFTONE_GATEWAYS: `nginx=${gatewayUrl}` }))
})
afterAll(() => stage.stop())

async function ask(handler: Handler, body: unknown, { params = USER, method = 'POST' } = {}) {
  const answer = await call(handler, { params, method, body })
  return { status: answer.status, body: await answer.json() }
}
const write = async (handler: Handler, body: object) => {
  const { resourceVersion } = await (await call(release, { params: USER })).json()
  expect((await ask(handler, { ...body, resourceVersion }, { method: 'PUT' })).status).toBe(200)
}
/** Sends again until it may: a person would wait as well. */
const sent = (body: object) =>
  vi.waitFor(
    async () => {
      const answer = await ask(request, body)
      expect(answer.status).toBe(200)
      return answer.body
    },
    { timeout: 20_000, interval: 300 },
  )
const answeredBy = (body: object, version: string) =>
  vi.waitFor(async () => expect(await sent(body)).toMatchObject({ version, status: 200 }), {
    timeout: 30_000,
  })
const predicted = async (body: object) => {
  const { cluster, ...named } = USER
  const asked = { release: named, host: '', path: '/user', ...body }
  return (await ask(decide, asked, { params: { ...USER, cluster } })).body
}

describe('what is predicted is what the gateway does', () => {
  test('each mark, and none', async () => {
    await write(rules, { header: { name: 'role', value: 'test' }, cookie: 'vip_user' })
    for (const [mark, version, to] of [
      ['header', 'user-v2', 'canary'],
      ['cookie', 'user-v2', 'canary'],
      ['none', 'user-v1', 'stable'],
    ] as const) {
      await answeredBy(MARKS[mark], version)
      expect(await sent(MARKS[mark])).toMatchObject({
        predicted: to,
        answered: to,
        gateway: stage.sandbox.gatewayUrl,
      })
      expect(await predicted(MARKS[mark])).toMatchObject({ to, release: 'user-canary' })
    }
  })

  test('at weight 100 everybody, but who says never', async () => {
    await write(weight, { weight: 100 })
    await answeredBy({}, 'user-v2')
    expect(await sent({ cookies: { vip_user: 'never' } })).toMatchObject({
      predicted: 'stable',
      answered: 'stable',
    })
    await write(weight, { weight: 50 })
    expect(await sent({})).toMatchObject({ predicted: 'split', status: 200 })
  })
})

describe('who may ask for what', () => {
  test.each([
    ['another route’s path', { path: '/pay' }, 422, 'ambiguous-route'],
    ['a header of the connection', { headers: { Connection: 'close' } }, 422, 'invalid-input'],
    ['a path without a slash', { path: 'user' }, 422, 'invalid-input'],
    ['an unknown field', { url: 'http://127.0.0.1' }, 422, 'invalid-input'],
    ['no object', '[]', 422, 'invalid-input'],
    ['no JSON', '{', 400, 'invalid-json'],
  ])('%s is refused', async (_case, body, status, code) => {
    expect(await ask(request, body)).toMatchObject({ status, body: { code } })
  })

  test('too many at once are told when to come again', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => call(request, { params: USER, method: 'POST', body: {} })),
    )
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThanOrEqual(3)
    expect(refused[0]?.headers.get('retry-after')).toBe('1')
  })

  test('an unknown release is none', async () => {
    const params = { ...USER, name: 'nobody' }
    expect(await ask(request, {}, { params })).toMatchObject({ status: 404 })
    const asked = { release: { namespace: 'default', name: 'nobody' }, host: '', path: '/user' }
    expect(await ask(decide, asked)).toMatchObject({ status: 404, body: { code: 'not-found' } })
  })

  test('a read-only Halftone answers too: nothing is written', async () => {
    const environment = { ...stage.runtime.environment, HALFTONE_READ_ONLY: true }
    setRuntime({ ...stage.runtime, environment })
    onTestFinished(() => setRuntime(stage.runtime))
    expect(await ask(weight, { weight: 1, resourceVersion: '1' }, { method: 'PUT' })).toMatchObject({
      status: 403,
    })
    const mend = { finding: 'L13', where: 'x', resourceVersion: '1', dryRun: true }
    expect(await ask(fix, mend)).toMatchObject({ status: 403, body: { code: 'read-only' } })
    expect(await sent({ path: '/user/x' })).toMatchObject({ status: 200 })
  })
})
