import { createGzip } from 'node:zlib'
import { generate } from 'selfsigned'
import { describe, expect, onTestFinished, test } from 'vitest'
import { addressRule } from '@/lib/server/sampler/address'
import { Prober } from '@/lib/server/sampler/probe'
import { farRaw, farSide, farTls } from './far-side'

type More = { scheme?: 'http' | 'https'; serverName?: string; ca?: string; insecure?: boolean; host?: string }

function prober(
  port: number,
  { scheme = 'http', serverName = '', ca, insecure = false, host = 'shop.test' }: More = {},
) {
  const rule = addressRule('operator', [])
  const line = { scheme, address: '127.0.0.1', port, serverName, rule, ca, insecure }
  const made = new Prober({ line, host, path: '/user?x=1', userAgent: 'halftone-sampler/0' })
  onTestFinished(() => made.close())
  return made
}

describe('one probe', () => {
  test('is a GET with the route’s host, our name and the lane’s mark, and nothing more', async () => {
    const { port } = await farSide((request, response) =>
      response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers })),
    )
    const answer = await prober(port).ask({ cookie: 'vip_user=always' })
    expect(answer).toMatchObject({ ok: true, status: 200 })
    expect(answer.ok && JSON.parse(answer.body)).toEqual({
      method: 'GET',
      url: '/user?x=1',
      headers: {
        host: 'shop.test',
        'user-agent': 'halftone-sampler/0',
        accept: '*/*',
        cookie: 'vip_user=always',
        connection: 'keep-alive',
      },
    })
  })

  test('follows no redirect', async () => {
    let requests = 0
    const { port } = await farSide((_request, response) => {
      requests++
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end()
    })
    expect(await prober(port).ask({})).toMatchObject({ ok: true, status: 302 })
    expect(requests).toBe(1)
  })

  test('reads 64 kB of a body without end, and no more', async () => {
    const { port } = await farSide((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
      }
      response.on('drain', more)
      more()
    })
    const answer = await prober(port).ask({})
    expect(answer.ok && answer.body.length).toBe(65_536)
  })

  test('unpacks nothing', async () => {
    const { port } = await farSide((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      const gzip = createGzip()
      gzip.pipe(response)
      gzip.end(Buffer.alloc(20_000_000))
    })
    const answer = await prober(port).ask({})
    expect(answer.ok && answer.body.length).toBeLessThanOrEqual(65_536)
  })

  test('gives up after five seconds on headers that never end, a body that drips, and silence', async () => {
    const drip = await farSide((_request, response) => {
      response.write('x')
      const timer = setInterval(() => response.write('x'), 200)
      response.on('close', () => clearInterval(timer))
    })
    const silent = await farSide(() => undefined)
    const headers = await farRaw(socket => {
      socket.write('HTTP/1.1 200 OK\r\n')
      const timer = setInterval(() => socket.write('x-more: y\r\n'), 200)
      socket.on('close', () => clearInterval(timer))
    })
    const answers = await Promise.all([drip, silent, headers].map(({ port }) => prober(port).ask({})))
    for (const answer of answers) expect(answer).toMatchObject({ ok: false, blocked: null })
  })

  test('a header of a megabyte, a reset and nonsense are failures, not crashes', async () => {
    const huge = await farRaw(socket => socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(1_000_000)}`))
    const reset = await farRaw(socket => socket.once('data', () => socket.resetAndDestroy()))
    const nonsense = await farRaw(socket => socket.end('SSH-2.0-OpenSSH\r\n'))
    for (const { port } of [huge, reset, nonsense])
      expect(await prober(port).ask({})).toMatchObject({ ok: false, blocked: null })
  })

  test('nobody listening is a gateway that cannot be reached', async () => {
    const { port, close } = await farSide(() => undefined)
    await close()
    expect(await prober(port).ask({})).toMatchObject({ ok: false, blocked: 'gateway-unreachable' })
  })

  test('a connection carries at most 50 probes', async () => {
    const carried = new Map<unknown, number>()
    const { port } = await farSide(({ socket }, response) => {
      carried.set(socket, (carried.get(socket) ?? 0) + 1)
      response.end('user-v1')
    })
    const one = prober(port)
    for (let n = 0; n < 151; n++) await one.ask({})
    expect(Math.max(...carried.values())).toBeLessThanOrEqual(50)
  })

  test('after renewing, a probe goes out on a connection opened since', async () => {
    const { port, connections } = await farSide((_request, response) => response.end('user-v1'))
    const one = prober(port)
    await one.ask({})
    one.renew()
    await one.ask({})
    expect(connections()).toBe(2)
  })
})

const shopCertificate = () =>
  generate([{ name: 'commonName', value: 'shop.test' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'shop.test' }] }],
  })

describe('over https', () => {
  const far = async () => {
    const pem = await shopCertificate()
    const { port } = await farTls({ key: pem.private, cert: pem.cert }, ({ socket }, response) =>
      response.end('servername' in socket ? String(socket.servername) : ''),
    )
    return { port, ca: pem.cert }
  }

  test('the server name is the route’s host', async () => {
    const { port, ca } = await far()
    const answer = await prober(port, { scheme: 'https', serverName: 'shop.test', ca }).ask({})
    expect(answer).toMatchObject({ ok: true, body: 'shop.test' })
  })

  test('a certificate nobody vouches for is not believed', async () => {
    const { port } = await far()
    const answer = await prober(port, { scheme: 'https', serverName: 'shop.test' }).ask({})
    expect(answer).toMatchObject({ ok: false, blocked: 'tls-not-verified' })
  })

  test('nor is one for another host', async () => {
    const { port, ca } = await far()
    const answer = await prober(port, { scheme: 'https', serverName: 'other.test', ca }).ask({})
    expect(answer).toMatchObject({ ok: false, blocked: 'tls-not-verified' })
  })

  test('unless the operator says that any will do', async () => {
    const { port } = await far()
    const answer = await prober(port, { scheme: 'https', serverName: 'other.test', insecure: true }).ask({})
    expect(answer).toMatchObject({ ok: true })
  })
})
