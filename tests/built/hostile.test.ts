import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Release } from '@/lib/domain/model/release'
import { type Sandbox, startSandbox } from '@/sandbox/start'
import { sendRaw } from '@/tests/send-raw'
import { type ServerProcess, startServer } from './server-process'

let sandbox: Sandbox
let server: ServerProcess

beforeAll(async () => {
  sandbox = await startSandbox({ world: 'board', syncDelayMs: 0 })
  server = await startServer({ KUBECONFIG: sandbox.kubeconfig, HALFTONE_CONTEXTS: 'demo=halftone' })
  await vi.waitFor(async () => expect((await read()).weight).toBe(0), { timeout: 20_000 })
})
afterAll(async () => {
  server.child.kill('SIGTERM')
  await server.exited
  await sandbox.stop()
})

const RELEASE = '/api/clusters/demo/releases/default/user-canary'
const ROLL_BACK = `${RELEASE}/rollback`
const read = async (): Promise<Release> =>
  JSON.parse(await (await fetch(`http://127.0.0.1:${server.port}${RELEASE}`)).text())

const HOST = 'Host: localhost\r\nConnection: close\r\n'
const JSON_BODY = 'Content-Type: application/json\r\n'
/** A write that would be accepted, were it not for what stands around it. */
const body = (weight = 7) => JSON.stringify({ weight, resourceVersion: version })
let version = ''

const whole = (line: string, headers: string, text: string) =>
  `${line} HTTP/1.1\r\n${HOST}${headers}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`
const put = (headers: string, path = `${RELEASE}/weight`) => whole(`PUT ${path}`, headers, body())

const ODD: readonly (readonly [string, () => string])[] = [
  ['an absolute-form target', () => put(JSON_BODY, `http://localhost${RELEASE}/weight`)],
  ['a foreign absolute-form target', () => put(JSON_BODY, `http://evil.example${RELEASE}/weight`)],
  [
    'an upgrade',
    () =>
      put(`${JSON_BODY}Upgrade: websocket\r\n`).replace('Connection: close', 'Connection: Upgrade, close'),
  ],
  ['content-length and chunks', () => put(`${JSON_BODY}Transfer-Encoding: chunked\r\n`)],
  ['two different content-lengths', () => put(`${JSON_BODY}Content-Length: 3\r\n`)],
  ['two hosts', () => put(`${JSON_BODY}Host: evil.example\r\n`)],
  ['a foreign host', () => put(JSON_BODY).replace('Host: localhost', 'Host: evil.example')],
  ['a foreign origin', () => put(`${JSON_BODY}Origin: https://evil.example\r\n`)],
  ['an opaque origin', () => put(`${JSON_BODY}Origin: null\r\n`)],
  ['another site', () => put(`${JSON_BODY}Sec-Fetch-Site: same-site\r\n`)],
  ['the form of a foreign page', () => put('Content-Type: text/plain\r\n')],
  ['a form', () => put('Content-Type: application/x-www-form-urlencoded\r\n')],
  ['no type', () => put('')],
  ['another charset', () => put('Content-Type: application/json; charset=utf-16\r\n')],
  [
    'a method in a header',
    () => whole(`POST ${RELEASE}/weight`, `${JSON_BODY}X-HTTP-Method-Override: PUT\r\n`, body()),
  ],
  ['a method in the query', () => whole(`POST ${RELEASE}/weight?_method=PUT`, JSON_BODY, body())],
  ['another method', () => whole(`PATCH ${RELEASE}/weight`, JSON_BODY, body())],
  ['an unknown method', () => whole(`BREW ${RELEASE}/weight`, JSON_BODY, body())],
  ['a suffix of Next', () => put(JSON_BODY, `${RELEASE}/weight.rsc`)],
  ['a coded slash', () => put(JSON_BODY, `${RELEASE.replace('default/user', 'default%2Fuser')}/weight`)],
  ['a dot segment', () => put(JSON_BODY, `${RELEASE}/../../default%00/user-canary/weight`)],
  [
    'the marks of Next’s own requests',
    () =>
      put(
        `${JSON_BODY}X-Middleware-Subrequest: proxy:proxy:proxy:proxy:proxy\r\nOrigin: https://evil.example\r\n`,
      ),
  ],
  [
    '__proto__',
    () => whole(`PUT ${RELEASE}/weight`, JSON_BODY, body().replace('{', '{"__proto__":{"weight":9},')),
  ],
  ['trailing garbage', () => whole(`PUT ${RELEASE}/weight`, JSON_BODY, `${body()}x`)],
  [
    'a body cut short',
    () =>
      put(JSON_BODY)
        .slice(0, -1)
        .replace(/Content-Length: (\d+)/, (_, n) => `Content-Length: ${Number(n) - 1}`),
  ],
  ['depth 10,000', () => whole(`PUT ${RELEASE}/weight`, JSON_BODY, '{"weight":'.repeat(10_000))],
  [
    'bytes that are no text',
    () =>
      whole(
        `PUT ${RELEASE}/weight`,
        JSON_BODY,
        `{"weight":7,"resourceVersion":"${version}","reason":"\u0000"}`,
      ),
  ],
  ['a rollback that a link could start', () => `GET ${ROLL_BACK} HTTP/1.1\r\n${HOST}\r\n`],
  ['a rollback by a foreign form', () => whole(`POST ${ROLL_BACK}`, 'Content-Type: text/plain\r\n', '{}')],
]

describe('bad HTTP writes nothing, and is never a failure of ours', () => {
  test.each(ODD)('%s', async (_case, request) => {
    const before = await read()
    version = before.resourceVersion
    const answer = await sendRaw(server.port, request())
    expect(answer).toMatch(/^HTTP\/1\.1 [234]\d\d /)
    expect(await read()).toEqual(before)
    expect(answer).not.toMatch(/^HTTP\/1\.1 2/)
  })

  test('50 MB without an announcement are cut off', async () => {
    const before = await read()
    expect(await flood(50)).toBeLessThan(50)
    expect(await read()).toEqual(before)
  })

  test.each([
    ['plain', ''],
    ['with a wish for HTTP/2, which is overheard', 'Upgrade: h2c\r\n'],
  ])('the same write %s is made', async (_case, headers) => {
    await fetch(`http://127.0.0.1:${server.port}${ROLL_BACK}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    const before = await read()
    version = before.resourceVersion
    expect(await sendRaw(server.port, put(JSON_BODY + headers))).toMatch(/^HTTP\/1\.1 200 /)
    expect([before.weight, (await read()).weight]).toEqual([0, 7])
  })
})

/** Sends chunks of a megabyte until the server has had enough; how many it took. Its answer may be lost with the connection. */
function flood(megabytes: number): Promise<number> {
  return new Promise(resolve => {
    const socket = connect(server.port, '127.0.0.1')
    const chunk = `100000\r\n${' '.repeat(1_048_576)}\r\n`
    let sent = 0
    const more = () => {
      while (sent < megabytes && socket.writable) {
        sent++
        if (!socket.write(chunk)) return
      }
    }
    socket.resume()
    socket.on('drain', more)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => resolve(sent))
    socket.write(`PUT ${RELEASE}/weight HTTP/1.1\r\n${HOST}${JSON_BODY}Transfer-Encoding: chunked\r\n\r\n`)
    more()
  })
}
