import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { guarded } from '@/scripts/front.mjs'
import { sendRaw } from '@/tests/send-raw'

let server: Server
let port = 0
const seen: string[] = []

beforeAll(async () => {
  server = createServer(
    guarded((request: { url: string }, response: { end: (text: string) => void }) => {
      seen.push(request.url)
      response.end('reached')
    }),
  )
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const send = (text: string) => sendRaw(port, text)

const HOST = 'Host: localhost\r\nConnection: close\r\n'
const statusOf = (answer: string) => Number(answer.split(' ')[1])

describe('before Next', () => {
  test.each([
    ['an absolute-form target', `GET http://evil.example/ HTTP/1.1\r\n${HOST}\r\n`, 400],
    ['a target that is no path', `OPTIONS * HTTP/1.1\r\n${HOST}\r\n`, 400],
    ['two Hosts', `GET / HTTP/1.1\r\n${HOST}Host: evil.example\r\n\r\n`, 400],
    ['a write that asks for a web socket', `PUT / HTTP/1.1\r\n${HOST}Upgrade: websocket\r\n\r\n`, 400],
    ['TRACE', `TRACE / HTTP/1.1\r\n${HOST}\r\n`, 405],
    ['another method', `PROPFIND / HTTP/1.1\r\n${HOST}\r\n`, 405],
  ])('%s is refused, and no handler is reached', async (_case, request, status) => {
    seen.length = 0
    expect(statusOf(await send(request))).toBe(status)
    expect(seen).toEqual([])
  })

  test.each(['/', '/api/clusters?x=%zz', '/releases/%ff', '/api/clusters/%7Ba'])(
    '%s goes on',
    async target => {
      seen.length = 0
      expect(statusOf(await send(`GET ${target} HTTP/1.1\r\n${HOST}\r\n`))).toBe(200)
      expect(seen).toEqual([target])
    },
  )

  test.each(['/api/clusters/%zz/routes', '/api/%ff'])(
    '%s is an address that does not exist',
    async target => {
      seen.length = 0
      await send(`GET ${target} HTTP/1.1\r\n${HOST}\r\n`)
      expect(seen).toEqual(['/api/-'])
    },
  )
})
