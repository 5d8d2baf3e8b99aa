import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sendRaw } from '@/tests/send-raw'
import { type ServerProcess, startServer } from './server-process'

let server: ServerProcess
beforeAll(async () => {
  server = await startServer()
})
afterAll(async () => {
  server.child.kill('SIGTERM')
  await server.exited
})

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string }

/** node:http, because fetch sends no foreign Host. */
const ask = (path: string, init: { method?: string; headers?: Record<string, string>; body?: string } = {}) =>
  new Promise<Answer>((resolve, reject) => {
    const { method = 'GET', headers = {} } = init
    const sent = request({ host: '127.0.0.1', port: server.port, path, method, headers }, answer => {
      let body = ''
      answer.setEncoding('utf8')
      answer.on('data', piece => {
        body += piece
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }))
    })
    sent.on('error', reject)
    sent.end(init.body)
  })

const codeOf = (answer: Answer) => JSON.parse(answer.body).code
const JSON_TYPE = { 'content-type': 'application/json' }
const WEIGHT = '/api/clusters/demo/releases/shop/cart/weight'

describe('headers', () => {
  test.each(['/', '/nowhere', '/api/clusters', '/api/nowhere', '/_next/static/nowhere.js', '/icon.svg'])(
    '%s is neither framed, sniffed nor told to others',
    async path => {
      const { headers } = await ask(path)
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      })
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      expect(headers['x-powered-by']).toBeUndefined()
    },
  )

  test('a page’s scripts run by a nonce that is new each time, and there is none without it', async () => {
    const pages = [await ask('/'), await ask('/')]
    const nonces = pages.map(({ headers, body }) => {
      const [, nonce = ''] =
        /script-src 'nonce-([^']+)'/.exec(String(headers['content-security-policy'])) ?? []
      const scripts = body.match(/<script\b[^>]*>/g) ?? []
      expect(scripts.length).toBeGreaterThan(0)
      expect(scripts.filter(tag => !tag.includes(`nonce="${nonce}"`))).toEqual([])
      return nonce
    })
    expect(nonces[0]).not.toBe(nonces[1])
    expect(pages[0]?.headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/)
    expect(pages[0]?.headers['cache-control']).toContain('no-store')
  })

  test('a request cannot choose the nonce or skip the policy', async () => {
    const { headers, body } = await ask('/', {
      headers: {
        'x-nonce': 'evil',
        'content-security-policy': "script-src 'nonce-evil'",
        'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy',
        'x-middleware-next': '1',
      },
    })
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(body).not.toContain('evil')
  })
})

describe('the door', () => {
  test.each([
    ['a foreign Host', { host: 'evil.example' }, 421],
    [
      'a foreign Host with a friendly X-Forwarded-Host',
      { host: 'evil.example', 'x-forwarded-host': 'localhost' },
      421,
    ],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a foreign Origin', { origin: 'https://evil.example' }, 403],
  ])('%s is turned away from reads, writes and the stream', async (_case, headers, status) => {
    const answers = [
      await ask('/api/clusters', { headers }),
      await ask('/api/stream?topic=board', { headers }),
      await ask(WEIGHT, { method: 'PUT', headers: { ...JSON_TYPE, ...headers }, body: '{}' }),
      await ask('/api/health/live', { headers }),
      await ask('/api/nowhere', { headers }),
    ]
    expect(answers.map(answer => answer.status)).toEqual(Array(5).fill(status))
  })
})

describe('bad HTTP is never a write and never a failure of ours', () => {
  const put = (headers: Record<string, string>, body: string) => ask(WEIGHT, { method: 'PUT', headers, body })
  test.each([
    [415, { 'content-type': 'text/plain' }, '{}'],
    [413, JSON_TYPE, JSON.stringify({ reason: 'x'.repeat(70_000) })],
    [400, JSON_TYPE, '{"weight":'],
    [400, JSON_TYPE, '['.repeat(10_000)],
    [422, JSON_TYPE, '{"weight":"5","resourceVersion":"1"}'],
    [422, JSON_TYPE, '{"weight":5,"resourceVersion":"1","__proto__":{}}'],
  ])('%i for a bad body', async (status, headers, body) => {
    const answer = await put(headers, body)
    expect(answer.status).toBe(status)
    expect(answer.headers['content-type']).toBe('application/problem+json')
  })

  test('a body of 50 MB is refused by its announcement alone', async () => {
    const head = `PUT ${WEIGHT} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 50000000\r\n\r\n`
    expect(await sendRaw(server.port, head)).toMatch(/^HTTP\/1\.1 413 /)
  })

  test.each([
    ['/api/clusters/demo/releases/%2e%2e/cart/weight', 'PUT'],
    ['/api/clusters/demo%2Freleases', 'GET'],
    ['/api/clusters/%zz/routes', 'GET'],
    ['/api/clusters/%ff/routes', 'GET'],
    ['/api/clusters/a%00/routes', 'GET'],
    ['/api/clusters/DEMO/routes', 'GET'],
    ['/api/clusters/demo/releases/Shop/cart', 'GET'],
    ['/api/clusters.rsc', 'GET'],
    ['/api', 'GET'],
    ['/api/nowhere/at/all', 'POST'],
    ['/_next/image?url=http%3A%2F%2F169.254.169.254%2F&w=64&q=75', 'GET'],
    ['/.env', 'GET'],
  ])('%s by %s is 404 or 422', async (path, method) => {
    expect([404, 422]).toContain((await ask(path, { method })).status)
  })

  test('a method in a header or in the query changes nothing', async () => {
    const override = { ...JSON_TYPE, 'x-http-method-override': 'PUT' }
    const answers = [
      await ask(WEIGHT, { method: 'POST', headers: override, body: '{}' }),
      await ask(`${WEIGHT}?_method=PUT`),
    ]
    expect(answers.map(codeOf)).toEqual(['method-not-allowed', 'method-not-allowed'])
  })

  test('there are no Server Actions', async () => {
    const headers = { 'next-action': '0'.repeat(40), 'content-type': 'text/plain' }
    const { status } = await ask('/', { method: 'POST', headers, body: '[]' })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
  })

  const HOST = 'Host: localhost\r\nConnection: close\r\n'
  test.each([
    ['an absolute-form target', `GET http://169.254.169.254/latest HTTP/1.1\r\n${HOST}\r\n`, 400],
    [
      'content-length and chunks',
      `POST /api/clusters/demo/decide HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['no Host', 'GET /api/clusters HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['a hundred headers', `GET /api/clusters HTTP/1.1\r\n${HOST}${'X-A: b\r\n'.repeat(100)}\r\n`, 200],
    ['a header of 20 kB', `GET /api/clusters HTTP/1.1\r\n${HOST}X-A: ${'b'.repeat(20_000)}\r\n\r\n`, 431],
    ['TRACE', `TRACE /api/clusters HTTP/1.1\r\n${HOST}\r\n`, 405],
  ])('%s', async (_case, text, status) => {
    expect(await sendRaw(server.port, text)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  })

  test('a web socket is not opened, nor left hanging', async () => {
    const { status, headers } = await ask('/nowhere', {
      headers: { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' },
    })
    expect(status).toBe(404)
    expect(headers.upgrade).toBeUndefined()
  })
})

describe('reads', () => {
  test('clusters say their state, and nothing secret', async () => {
    const { status, body } = await ask('/api/clusters')
    expect(status).toBe(200)
    expect(JSON.parse(body)).toMatchObject([
      { cluster: 'demo', server: 'https://127.0.0.1:1', state: 'unreachable' },
    ])
    expect(body + server.said()).not.toContain('a-secret-token')
  })

  test('alive at once, ready only once a cluster has been read', async () => {
    expect((await ask('/api/health/live')).status).toBe(200)
    const { status, body } = await ask('/api/health/ready')
    expect(status).toBe(503)
    expect(JSON.parse(body)).toEqual({ ready: false, reasons: ['no cluster has been read yet'] })
  })

  test('an unread cluster is a problem, not an empty list', async () => {
    const answer = await ask('/api/clusters/demo/releases/shop/cart')
    expect([answer.status, codeOf(answer)]).toEqual([503, 'cluster-unreachable'])
  })

  test.each(['', '?topic=', '?topic=everything', '?topic=release/other/shop/cart'])(
    'a stream %s is refused before it begins',
    async query => {
      const answer = await ask(`/api/stream${query}`)
      expect([answer.status, codeOf(answer)]).toEqual([422, 'invalid-input'])
    },
  )
})
