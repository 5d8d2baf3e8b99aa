import { beforeAll, describe, expect, test } from 'vitest'
import { unserved } from './objects'
import { type Ground, type Story, saidBy } from './stage'
import { DNS_1035 } from './words'

const ON = 'spec.rules[0].http.paths[0]'
const ABSOLUTE = 'must be an absolute path'
const NO_BACKEND = `${ON}.backend: Invalid value: "": resource or service backend is required`
const NO_PORT = `${ON}.backend: Required value: port name or number is required`

const backend = { service: { name: 's', port: { number: 80 } } }
const path = (change: object) =>
  unserved(
    'x',
    {},
    { rules: [{ http: { paths: [{ path: '/a', pathType: 'Prefix', backend, ...change }] } }] },
  )
const port = (change: object) => path({ backend: { service: { name: 's', port: change } } })

/** What the paths and backends of an Ingress must be, in the words a person reads when they are not. */
export const ingressPaths: Story = stage =>
  describe('paths of an Ingress', () => {
    let ground: Ground

    beforeAll(async () => {
      ground = await stage().ground()
    })

    const create = (body: object) => stage().api.ask('POST', `${ground.ingresses}?dryRun=All`, { body })

    test.each([
      [
        'a path without its type',
        path({ pathType: undefined }),
        `${ON}.pathType: Required value: pathType must be specified`,
      ],
      [
        'a type of path that is none',
        path({ pathType: 'Odd' }),
        `${ON}.pathType: Unsupported value: "Odd": supported values: "Exact", "ImplementationSpecific", "Prefix"`,
      ],
      ['a prefix that is not absolute', path({ path: 'a' }), `${ON}.path: Invalid value: "a": ${ABSOLUTE}`],
      ['an empty prefix', path({ path: '' }), `${ON}.path: Invalid value: "": ${ABSOLUTE}`],
      ['no prefix', path({ path: undefined }), `${ON}.path: Invalid value: "": ${ABSOLUTE}`],
      [
        'an empty exact path',
        path({ path: '', pathType: 'Exact' }),
        `${ON}.path: Invalid value: "": ${ABSOLUTE}`,
      ],
      [
        'a pattern that is not absolute',
        path({ path: 'a', pathType: 'ImplementationSpecific' }),
        `${ON}.path: Invalid value: "a": ${ABSOLUTE}`,
      ],
      [
        'a double slash',
        path({ path: '/a//b' }),
        `${ON}.path: Invalid value: "/a//b": must not contain '//'`,
      ],
      [
        'a dot segment',
        path({ path: '/a/./b' }),
        `${ON}.path: Invalid value: "/a/./b": must not contain '/./'`,
      ],
      [
        'two dots at the end',
        path({ path: '/a/..' }),
        `${ON}.path: Invalid value: "/a/..": cannot end with '/..'`,
      ],
      ['a dot at the end', path({ path: '/a/.' }), `${ON}.path: Invalid value: "/a/.": cannot end with '/.'`],
      [
        'an escaped slash',
        path({ path: '/a%2fb' }),
        `${ON}.path: Invalid value: "/a%2fb": must not contain '%2f'`,
      ],
      ['no backend', path({ backend: undefined }), NO_BACKEND],
      ['an empty backend', path({ backend: {} }), NO_BACKEND],
      ['a Service without a port', path({ backend: { service: { name: 's' } } }), NO_PORT],
      ['port 0', port({ number: 0 }), NO_PORT],
      [
        'two ports',
        port({ name: 'http', number: 80 }),
        `${ON}.backend: Invalid value: "": cannot set both port name & port number`,
      ],
      [
        'port 70000',
        port({ number: 70000 }),
        `${ON}.backend.service.port.number: Invalid value: 70000: must be between 1 and 65535, inclusive`,
      ],
      [
        'a Service without a name',
        path({ backend: { service: { port: { number: 80 } } } }),
        `${ON}.backend.service.name: Required value`,
      ],
      [
        'a Service that begins with a digit',
        path({ backend: { service: { name: '1s', port: { number: 80 } } } }),
        `${ON}.backend.service.name: Invalid value: "1s": ${DNS_1035}`,
      ],
      [
        'two backends',
        path({ backend: { ...backend, resource: { kind: 'X', name: 'y' } } }),
        `${ON}.backend: Invalid value: "": cannot set both resource and service backends`,
      ],
    ])('%s', async (_what, body, fault) => {
      const answer = await create(body)
      const { name } = body.metadata
      expect(saidBy(answer)).toEqual([
        422,
        'Invalid',
        `Ingress.networking.k8s.io "${name}" is invalid: ${fault}`,
      ])
      const field = fault.slice(0, fault.indexOf(': '))
      expect(answer.body.details).toMatchObject({ name, group: 'networking.k8s.io', kind: 'Ingress' })
      expect(answer.body.details?.causes).toMatchObject([{ field, message: fault.slice(field.length + 2) }])
    })

    test('all that is wrong is said at once', async () => {
      const answer = await create(path({ path: 'a', backend: { service: { name: '', port: {} } } }))
      const faults = [
        `${ON}.path: Invalid value: "a": ${ABSOLUTE}`,
        `${ON}.backend.service.name: Required value`,
        NO_PORT,
      ]
      expect(answer.body.message).toBe(`Ingress.networking.k8s.io "x" is invalid: [${faults.join(', ')}]`)
      expect(answer.body.details?.causes).toHaveLength(3)
    })

    test.each([
      ['an empty path where the controller decides', path({ path: '', pathType: 'ImplementationSpecific' })],
      ['no path where the controller decides', path({ path: undefined, pathType: 'ImplementationSpecific' })],
      [
        'a backend that is no Service',
        path({ backend: { resource: { apiGroup: 'g.io', kind: 'X', name: 'y' } } }),
      ],
      ['a port by name', port({ name: 'http' })],
    ])('%s is allowed', async (_what, body) => {
      const answer = await create(body)
      expect(answer.status, answer.text).toBe(201)
    })
  })
