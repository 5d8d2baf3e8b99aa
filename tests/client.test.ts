import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { send, urlOf } from '@/lib/client'

let server: Server
let base = ''
const heard: { method: string | undefined; type: string | undefined; body: string }[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', piece => {
      body += piece
    })
    request.on('end', () => {
      heard.push({ method: request.method, type: request.headers['content-type'], body })
      const answers: Record<string, [number, string]> = {
        '/fine': [200, '{"weight":5}'],
        '/refused': [409, '{"code":"stale-edit","title":"No","status":409,"type":"x","requestId":"r"}'],
        '/proxy': [502, '<html>Bad gateway</html>'],
        '/odd': [500, '{"error":"?"}'],
        '/login': [200, '<html>Log in</html>'],
      }
      const [status, text] = answers[request.url ?? ''] ?? [404, '']
      if (request.url === '/cut') response.destroy()
      else response.writeHead(status).end(text)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

describe('what the browser sends', () => {
  test('the address of a release, and of what belongs to it', () => {
    const id = { cluster: 'demo', namespace: 'shop', name: 'cart-canary' }
    expect(urlOf(id)).toBe('/api/clusters/demo/releases/shop/cart-canary')
    expect(urlOf(id, 'weight')).toBe('/api/clusters/demo/releases/shop/cart-canary/weight')
    expect(urlOf({ ...id, name: '../x?y' })).toBe('/api/clusters/demo/releases/shop/..%2Fx%3Fy')
  })

  test('a body goes as JSON, and the answer comes back', async () => {
    expect(await send('PUT', `${base}/fine`, { weight: 5 })).toEqual({ ok: true, value: { weight: 5 } })
    expect(heard.at(-1)).toEqual({ method: 'PUT', type: 'application/json', body: '{"weight":5}' })
  })

  test('the server’s own problem is handed on', async () => {
    expect(await send('PUT', `${base}/refused`, {})).toMatchObject({
      ok: false,
      problem: { code: 'stale-edit', requestId: 'r' },
    })
  })

  test.each(['/proxy', '/odd', '/login', '/cut'])('%s is no answer of Halftone’s: no contact', async path => {
    expect(await send('POST', `${base}${path}`, {})).toMatchObject({
      ok: false,
      problem: { code: 'no-contact' },
    })
  })

  test('nobody there is no contact', async () => {
    expect(await send('GET', 'http://127.0.0.1:1/')).toMatchObject({
      ok: false,
      problem: { code: 'no-contact' },
    })
  })
})
