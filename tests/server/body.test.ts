import { describe, expect, test } from 'vitest'
import { AskDecision, SetRules, SetWeight } from '@/lib/contract'
import { readBody } from '@/lib/server/body'

/** `duplex` is needed for streamed bodies, and missing in the DOM's types. */
const post = (body: BodyInit | null, type = 'application/json', headers: Record<string, string> = {}) => {
  const init = {
    method: 'POST',
    body,
    headers: { 'content-type': type, ...headers },
    duplex: 'half',
  }
  return new Request('http://localhost/', init)
}

const verdict = async (
  request: Request,
  schema: typeof SetWeight | typeof SetRules | typeof AskDecision = SetWeight,
) => {
  const read = await readBody(request, schema)
  return read.ok ? 'read' : [read.problem.code, read.problem.field].filter(Boolean).join(' ')
}

describe('the body of a write', () => {
  test.each([
    ['application/json', 'read'],
    ['application/json; charset=utf-8', 'read'],
    ['Application/JSON;charset="UTF-8"', 'read'],
    ['application/json; charset=utf-16', 'unsupported-type'],
    ['text/plain', 'unsupported-type'],
    ['application/x-www-form-urlencoded', 'unsupported-type'],
    ['application/jsonp', 'unsupported-type'],
    ['multipart/form-data', 'unsupported-type'],
  ])('of type %s: %s', async (type, expected) => {
    expect(await verdict(post('{"weight":1,"resourceVersion":"1"}', type))).toBe(expected)
  })

  test.each([
    ['empty', ''],
    ['cut off', '{"weight":1'],
    ['with garbage behind', '{"weight":1,"resourceVersion":"1"} x'],
    ['NaN', '{"weight":NaN,"resourceVersion":"1"}'],
    ['nested 10,000 deep', `{"weight":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    ['nested 10,000 deep and cut off', '['.repeat(10_000)],
    ['not UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
    ['UTF-8 cut off', new Uint8Array([0x22, 0xe4, 0xbd])],
  ])('%s is not JSON', async (_case, body) => {
    expect(await verdict(post(body))).toBe('invalid-json')
  })

  test.each([
    ['weight', { weight: -1 }],
    ['weight', { weight: 5.5 }],
    ['weight', { weight: '5' }],
    ['weight', { weight: '5%' }],
    ['weight', { weight: '' }],
    ['weight', { weight: null }],
    ['weight', { weight: [] }],
    ['weight', { weight: 2 ** 53 }],
    ['weight', { weight: undefined }],
    ['weightTotal', { weightTotal: 0 }],
    ['weightTotal', { weightTotal: '100' }],
    ['resourceVersion', { resourceVersion: 7 }],
    ['resourceVersion', { resourceVersion: '' }],
    ['resourceVersion', { resourceVersion: 'latest' }],
    ['reason', { reason: 'x'.repeat(501) }],
    ['host', { host: 'evil.example' }],
    ['path', { path: '/' }],
    ['namespace', { namespace: 'kube-system' }],
  ])('a wrong or unknown %s is named: %o', async (field, change) => {
    const body = JSON.stringify({ weight: 5, resourceVersion: '1', ...change })
    expect(await verdict(post(body))).toBe(`invalid-input ${field}`)
  })

  test.each(['[]', 'null', '5', '"x"', 'true'])('%s is no object', async body => {
    expect(await verdict(post(body))).toBe('invalid-input')
  })

  test('a field inside a field is named with both', async () => {
    const body = JSON.stringify({ header: { name: 'a', host: 'x' }, cookie: null, resourceVersion: '1' })
    expect(await verdict(post(body), SetRules)).toBe('invalid-input header.host')
  })

  test.each([
    ['at the top', '{"weight":5,"resourceVersion":"1","__proto__":{"x":1}}', SetWeight],
    ['further down', '{"host":"h","path":"/","headers":{"__proto__":"x"}}', AskDecision],
  ])('__proto__ %s is an unknown field', async (_case, body, schema) => {
    expect(await verdict(post(body), schema)).toBe('invalid-input __proto__')
  })

  test('64 kB are read, a byte more is refused, whether announced or not', async () => {
    const filled = (size: number) => {
      const frame = '{"weight":5,"resourceVersion":"1"}'
      return frame + ' '.repeat(size - frame.length)
    }
    expect(await verdict(post(filled(65_536)))).toBe('read')
    expect(await verdict(post(filled(65_537)))).toBe('too-large')
    expect(await verdict(post('{}', 'application/json', { 'content-length': '50000000' }))).toBe('too-large')
  })

  test('an endless body is not read to its end', async () => {
    let pulled = 0
    let isCancelled = false
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(16_384).fill(0x20))
      },
      cancel() {
        isCancelled = true
      },
    })
    expect(await verdict(post(endless))).toBe('too-large')
    expect(isCancelled).toBe(true)
    expect(pulled).toBeLessThan(10)
  })
})
