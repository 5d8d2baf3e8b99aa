import { createServer } from 'node:http'
import { connect } from 'node:net'
import { Agent, request } from 'undici'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { listening, portOf } from '@/sandbox/gateway/listen'
import { Stage, saying } from './stage'

let stage: Stage

beforeAll(async () => {
  stage = await Stage.open()
  await stage.serve('v1', {
    handle: saying('v1'),
    upgrade: (_request, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n')
      socket.pipe(socket)
    },
  })
  await stage.serve('cut', (request, response) => {
    response.writeHead(200, { 'content-length': 100 })
    response.write('part')
    setImmediate(() => request.socket.destroy())
  })
  await stage.serve('echo', (request, response) => void request.pipe(response))
  await stage.serve('told', ({ headers }, response) => {
    response.end(`${headers['x-forwarded-proto']} ${headers['x-forwarded-host']}`)
  })
  await stage.serve('none')
  await stage.ingress({
    name: 'main',
    paths: [
      { path: '/', service: 'v1' },
      { path: '/cut', service: 'cut' },
      { path: '/echo', service: 'echo' },
      { path: '/none', service: 'none' },
    ],
  })
  await stage.ingress(
    { name: 'secret', host: 'tls.test', paths: [{ path: '/', service: 'told' }] },
    { tls: [{ hosts: ['tls.test'], secretName: 'any' }] },
  )
  const written = await stage.ingress({
    name: 'pinned',
    host: 'pinned.test',
    annotations: { affinity: 'cookie', 'session-cookie-name': 'aff' },
    paths: [{ path: '/', service: 'v1' }],
  })
  await stage.settled(written)
})
afterEach(async () => {
  expect(await stage.get('/still-here')).toMatchObject({ status: 200, text: 'v1 /still-here' })
})
afterAll(() => stage.close())

const ask = (line: string, ...headers: string[]) =>
  stage.raw([line, 'Host: any.test', 'Connection: close', ...headers, '', ''].join('\r\n'))

describe('whatever a client sends, the gateway goes on', () => {
  test.each([
    ['a path above the root', 'GET /../../etc/passwd HTTP/1.1'],
    ['a broken escape', 'GET /%zz HTTP/1.1'],
    ['an escaped NUL', 'GET /%00 HTTP/1.1'],
    ['two hosts', 'GET / HTTP/1.1\r\nHost: second'],
    ['no path', 'GET x HTTP/1.1'],
  ])('%s is 400', async (_case, line) => {
    expect(await ask(line)).toMatch(/^HTTP\/1\.1 400 /)
  })

  test('a header called __proto__ is a header', async () => {
    expect(await ask('GET / HTTP/1.1', '__proto__: x', 'constructor: y')).toMatch(/^HTTP\/1\.1 200 /)
  })

  test('bytes that are no text reach the pod as they are', async () => {
    expect(await ask('GET /a HTTP/1.1', 'X-Bytes: \xff\xfe')).toMatch(/^HTTP\/1\.1 200 /)
  })

  test('a body larger than nginx takes is 413', async () => {
    expect(await ask('POST / HTTP/1.1', 'Content-Length: 2000000')).toMatch(/^HTTP\/1\.1 413 /)
  })

  test('a client that stops in the middle of its body harms nobody', async () => {
    expect(await stage.raw('POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\nab', true)).not.toMatch(
      / 200 /,
    )
  })

  test('a body of any form arrives whole', async () => {
    const chunked = await ask('POST /echo HTTP/1.1', 'Transfer-Encoding: chunked', '', '5\r\nhello\r\n0')
    expect(chunked).toContain('hello')
    const large = 'x'.repeat(300_000)
    const answer = await stage.raw(
      `POST /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: ${large.length}\r\n\r\n${large}`,
    )
    expect(answer.replace(/^.*?\r\n\r\n/s, '').match(/x/g)).toHaveLength(large.length)
  })
})

describe('whatever the pods do', () => {
  test('an answer cut short is cut short for the client too', async () => {
    expect(await ask('GET /cut HTTP/1.1')).toMatch(/part$/)
  })

  test('no endpoints is 503', async () => {
    expect((await stage.get('/none')).status).toBe(503)
  })

  test('an endpoint where nothing listens is 502', async () => {
    const server = await listening(createServer(), 0)
    const port = portOf(server)
    server.close()
    const written = await stage.make({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'dead', labels: { 'kubernetes.io/service-name': 'none' } },
      addressType: 'IPv4',
      ports: [{ name: '', port, protocol: 'TCP' }],
      endpoints: [{ addresses: ['127.0.0.1'], conditions: { ready: true } }],
    })
    await stage.settled(written)
    expect((await stage.get('/none')).status).toBe(502)
  })
})

describe('what nginx does besides', () => {
  test('a host with TLS is redirected to https, others are not', async () => {
    const { status, headers } = await stage.get('/a?b', { host: 'tls.test' })
    expect(status).toBe(308)
    expect(headers.location).toBe(`https://tls.test:${new URL(stage.gateway.httpsUrl).port}/a?b`)
  })

  test('over https it answers, and the pod is told so', async () => {
    const dispatcher = new Agent({ connect: { rejectUnauthorized: false } })
    const { statusCode, body } = await request(`${stage.gateway.httpsUrl}/told`, {
      dispatcher,
      headers: { host: 'tls.test' },
    })
    expect([statusCode, await body.text()]).toEqual([200, 'https tls.test'])
    await dispatcher.destroy()
  })

  test('session affinity pins a client by a cookie given once', async () => {
    const { headers } = await stage.get('/', { host: 'pinned.test' })
    const [cookie = ''] = String(headers['set-cookie']).split(';')
    expect(cookie).toMatch(/^aff=.+\|default-v1-80$/)
    const again = await stage.get('/', { host: 'pinned.test', cookie })
    expect(again.headers['set-cookie']).toBeUndefined()
  })

  test('an upgraded connection carries bytes both ways', async () => {
    const socket = connect(Number(new URL(stage.gateway.url).port), '127.0.0.1')
    socket.write('GET /socket HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n')
    const heard = await new Promise<string>(resolve => {
      let text = ''
      socket.setEncoding('latin1').on('data', chunk => {
        if (text === '') socket.write('ping')
        text += chunk
        if (text.endsWith('ping')) resolve(text)
      })
    })
    socket.destroy()
    expect(heard).toMatch(/^HTTP\/1\.1 101 /)
  })
})
