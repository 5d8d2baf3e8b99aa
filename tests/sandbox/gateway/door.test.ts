import { once } from 'node:events'
import type { Server } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { doorOf } from '@/sandbox/gateway/door'
import { closed, listening, portOf } from '@/sandbox/gateway/listen'

let server: Server

beforeAll(async () => {
  const door = doorOf({
    request(request, response) {
      const chunks: Buffer[] = []
      request.on('data', chunk => chunks.push(chunk))
      request.on('end', () =>
        response.end(JSON.stringify([...request.rawHeaders, Buffer.concat(chunks).toString()])),
      )
    },
    upgrade: (_request, socket) => socket.destroy(),
  })
  server = await listening(door, 0)
})
afterAll(() => closed(server))

async function say(...packets: string[]): Promise<string> {
  const socket = connect(portOf(server), '127.0.0.1')
  let heard = ''
  socket.setEncoding('latin1').on('data', chunk => {
    heard += chunk
  })
  for (const packet of packets) socket.write(packet, 'latin1')
  socket.end()
  await once(socket, 'close')
  return heard
}

describe('a door as patient as nginx', () => {
  test('header lines with invalid names are left out, the rest is heard', async () => {
    const heard = await say('GET / HTTP/1.1\r\nHost: h\r\nX;C: always\r\nX/Y: 1\r\nB: 2\r\n\r\n')
    expect(heard).toContain('["Host","h","B","2",""]')
  })

  test('so is the body, and a second request on the same connection', async () => {
    const heard = await say(
      'POST / HTTP/1.1\r\nHost: h\r\nX@: 1\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\nHost: second\r\n\r\n',
    )
    expect(heard).toContain('"abc"]')
    expect(heard).toContain('["Host","second",""]')
  })

  test.each([
    ['garbage', 'garbage\r\n\r\n'],
    ['a blank in a header name', 'GET / HTTP/1.1\r\nHost: h\r\nX C: 1\r\n\r\n'],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n'],
    [
      'two different lengths',
      'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    ],
    [
      'length and chunks',
      'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['an endless header', `GET / HTTP/1.1\r\nHost: h\r\nA: ${'a'.repeat(100_000)}\r\n\r\n`],
    ['invalid names twice over', 'GET / HTTP/1.1\r\nHost: h\r\nX;: 1\r\nY Z: 2\r\n\r\n'],
  ])('%s is answered 400 and the connection closed', async (_case, packet) => {
    expect(await say(packet)).toMatch(/^HTTP\/1\.1 400 /)
  })

  test('CONNECT is refused', async () => {
    expect(await say('CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n')).toMatch(/^HTTP\/1\.1 405 /)
  })
})
