import { beforeAll, describe, expect, test } from 'vitest'
import { JSON_PATCH, MERGE } from './client'
import { unserved } from './objects'
import { type Ground, type Story, saidBy } from './stage'

const NOT_ALLOWED = 'the server does not allow this method on the requested resource'
const NO_RESOURCE = 'the server could not find the requested resource'

/** Requests that are wrong in themselves: method, media type, body, address. */
export const requests: Story = stage =>
  describe('requests', () => {
    let ground: Ground

    beforeAll(async () => {
      ground = await stage().ground()
    })

    const ask = (...args: Parameters<ReturnType<typeof stage>['api']['ask']>) => stage().api.ask(...args)

    test('a method that an address does not have is 405', async () => {
      const { path } = await stage().ingress(ground)
      const answers = [
        await ask('POST', path, { body: unserved('x') }),
        await ask('PUT', ground.ingresses, { body: unserved('x') }),
        await ask('PATCH', ground.ingresses, { body: {}, type: MERGE }),
      ]
      for (const each of answers) expect(saidBy(each)).toEqual([405, 'MethodNotAllowed', NOT_ALLOWED])
    })

    test('an answer in a form the server does not have is 406', async () => {
      const { path } = await stage().ingress(ground)
      for (const each of [path, ground.ingresses]) {
        const answer = await ask('GET', each, { accept: 'text/html' })
        expect(saidBy(answer)).toEqual([
          406,
          'NotAcceptable',
          expect.stringMatching(/^406: Not Acceptable\n/),
        ])
      }
      expect((await ask('GET', path, { accept: 'text/html, */*' })).body.kind).toBe('Ingress')
    })

    test('a body in a form the server does not read is 415', async () => {
      const { path } = await stage().ingress(ground)
      const created = await ask('POST', ground.ingresses, { body: 'a', type: 'text/plain' })
      expect(saidBy(created)).toEqual([
        415,
        'UnsupportedMediaType',
        expect.stringContaining(
          'the body of the request was in an unknown format - accepted media types include:',
        ),
      ])
      const patched = await ask('PATCH', path, { body: {}, type: 'application/json' })
      expect(saidBy(patched)).toEqual([415, 'UnsupportedMediaType', '415: Unsupported Media Type'])
    })

    test.each([
      ['a new object that is cut off', 'POST', undefined, '{"a":', /unexpected end of JSON input/],
      [
        'a patch that is cut off',
        'PATCH',
        MERGE,
        '{"a":',
        /^error decoding patch: unexpected end of JSON input$/,
      ],
      [
        'a merge patch that is a list',
        'PATCH',
        MERGE,
        [1],
        /^error decoding patch: json: cannot unmarshal array/,
      ],
      [
        'a JSON patch that is none',
        'PATCH',
        JSON_PATCH,
        {},
        /^error decoding patch: json: cannot unmarshal object/,
      ],
      [
        'another kind',
        'POST',
        undefined,
        { ...unserved('x'), kind: 'Pod' },
        /cannot be handled as a Ingress/,
      ],
      [
        'another version',
        'POST',
        undefined,
        { ...unserved('x'), apiVersion: 'v1' },
        /cannot be handled as a Ingress/,
      ],
      [
        'a number for an annotation',
        'POST',
        undefined,
        unserved('x', { annotations: { a: 1 } }),
        /^Ingress in version "v1" cannot be handled as a Ingress: json: cannot unmarshal number into Go struct field ObjectMeta\.metadata\.annotations of type string$/,
      ],
    ])('%s is 400', async (_what, method, type, body, message) => {
      const { path } = await stage().ingress(ground)
      const answer = await ask(method, method === 'POST' ? ground.ingresses : path, {
        body,
        ...(type !== undefined && { type }),
      })
      expect(saidBy(answer)).toEqual([400, 'BadRequest', expect.stringMatching(message)])
    })

    test('an address that names nothing is 404', async () => {
      const { path } = await stage().ingress(ground)
      const things = `/apis/networking.k8s.io/v1/namespaces/${ground.namespace}/things`
      for (const each of [things, `${path}/nothing`]) {
        expect(saidBy(await ask('GET', each))).toEqual([404, 'NotFound', NO_RESOURCE])
      }
      for (const each of ['/apis/nothing.io/v1/things', '/nothing']) {
        const answer = await ask('GET', each)
        expect([answer.status, answer.text]).toEqual([404, '404 page not found\n'])
      }
    })
  })
