import { Agent, request } from 'undici'
import { afterEach, describe, expect, test } from 'vitest'
import { App } from '@/sandbox/apps/app'
import { behaviourOf } from '@/sandbox/apps/behaviour'

const running: App[] = []

afterEach(async () => {
  for (const app of running.splice(0)) await app.stop(0)
})

async function start(image: string, env: Record<string, string> = {}) {
  const variables = Object.entries(env).map(([name, value]) => ({ name, value }))
  const app = new App(behaviourOf({ image, env: variables }), 'pod-1')
  running.push(app)
  await app.start()
  return app
}

const ask = async (app: App, headers: Record<string, string> = {}, limit?: AbortSignal) => {
  const answer = await request(`http://127.0.0.1:${app.port}/`, { headers, ...(limit && { signal: limit }) })
  return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() }
}

describe('demo applications', () => {
  test.each([
    ['nginx:user-v1', {}, 'user-v1'],
    ['registry.example:5000/team/shop:v7', {}, 'v7'],
    ['shop:v7@sha256:abc', {}, 'v7'],
    ['plain', {}, 'plain'],
    ['nginx:user-v1', { ANSWER: 'else' }, 'else'],
  ])('%s with %o answers %s', async (image, env, text) => {
    expect(await ask(await start(image, env))).toMatchObject({ status: 200, text })
  })

  test('a browser gets a page with the version and the marks it carries, escaped', async () => {
    const app = await start('nginx:user-v2')
    const { headers, text } = await ask(app, { accept: 'text/html,*/*', cookie: 'vip=<b>', role: 'test' })
    expect(headers['content-type']).toContain('text/html')
    expect(text).toContain('<h1>user-v2</h1>')
    expect(text).toContain('cookie vip=&lt;b&gt;')
    expect(text).toContain('header role: test')
    expect(text).not.toContain('<b>')
  })

  test.each([
    ['JSON', { JSON: '{"status":"up"}' }, 200, '{"status":"up"}'],
    ['HTML that names both versions', { HTML: '<p>user-v1 user-v2</p>' }, 200, '<p>user-v1 user-v2</p>'],
    ['a login', { LOGIN: 'true' }, 401, 'please log in\n'],
    ['nothing but errors', { ERROR_RATE: '1' }, 500, 'internal error\n'],
  ])('%s', async (_what, env, status, text) => {
    expect(await ask(await start('x:v1', env))).toMatchObject({ status, text })
  })

  test('the pod is named only on wish', async () => {
    expect((await ask(await start('x:v1'))).headers).not.toHaveProperty('x-pod-name')
    expect((await ask(await start('x:v1', { SHOW_POD: 'true' }))).headers['x-pod-name']).toBe('pod-1')
  })

  test('one that hangs takes the request and never answers', async () => {
    const app = await start('x:v1', { HANG: 'true' })
    await expect(ask(app, {}, AbortSignal.timeout(100))).rejects.toThrow()
  })

  test('one without an end keeps sending', async () => {
    const app = await start('x:v1', { ENDLESS: 'true' })
    const agent = new Agent()
    const { body } = await request(`http://127.0.0.1:${app.port}/`, { dispatcher: agent })
    let pieces = 0
    for await (const _piece of body) if (++pieces === 3) break
    expect(pieces).toBe(3)
    await agent.destroy()
  })

  test('a slow one answers late, and is not waited for by whoever leaves', async () => {
    expect((await ask(await start('x:v1', { LATENCY_MS: '20' }))).text).toBe('v1')
    const slow = await start('x:v1', { LATENCY_MS: '3600000' })
    await expect(ask(slow, {}, AbortSignal.timeout(100))).rejects.toThrow()
  })

  test('after it was stopped its port is closed', async () => {
    const app = await start('x:v1')
    await ask(app)
    await app.stop(1000)
    await expect(ask(app)).rejects.toThrow()
  })

  test('values that make no sense count as not given', () => {
    const env = [
      { name: 'ERROR_RATE', value: 'often' },
      { name: 'LATENCY_MS', value: '-5' },
    ]
    expect(behaviourOf({ image: 'x:v1', env })).toMatchObject({ errorRate: 0, latencyMs: 0 })
    expect(behaviourOf(undefined)).toMatchObject({ text: '' })
  })
})
