import { beforeAll, describe, expect, test } from 'vitest'
import { MERGE } from './client'
import { unserved } from './objects'
import { type Ground, type Story, saidBy } from './stage'

const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
const WILDCARD =
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
const QUALIFIED =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
const LABEL_VALUE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
const DNS_1035 =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"

const ON = 'spec.rules[0].http.paths[0]'
const ABSOLUTE = 'must be an absolute path'
const NO_BACKEND = `${ON}.backend: Invalid value: "": resource or service backend is required`
const NO_PORT = `${ON}.backend: Required value: port name or number is required`
const RULES = 'either `defaultBackend` or `rules` must be specified'

const backend = { service: { name: 's', port: { number: 80 } } }
const path = (change: object) =>
  unserved(
    'x',
    {},
    { rules: [{ http: { paths: [{ path: '/a', pathType: 'Prefix', backend, ...change }] } }] },
  )
const port = (change: object) => path({ backend: { service: { name: 's', port: change } } })
const host = (name: string) => unserved('x', {}, { rules: [{ host: name }] })
const spec = (change: object) => unserved('x', {}, change)

/** What an Ingress must be, in the words a person reads when it is not. */
export const ingressRules: Story = stage =>
  describe('the rules of an Ingress', () => {
    let ground: Ground

    beforeAll(async () => {
      ground = await stage().ground()
    })

    const create = (body: object) => stage().api.ask('POST', `${ground.ingresses}?dryRun=All`, { body })

    test.each([
      ['a name with capitals', unserved('Big'), `metadata.name: Invalid value: "Big": ${SUBDOMAIN}`],
      [
        'a label key with a blank',
        unserved('x', { labels: { 'a b': 'c' } }),
        `metadata.labels: Invalid value: "a b": ${QUALIFIED}`,
      ],
      [
        'a label value with a blank',
        unserved('x', { labels: { a: 'b c' } }),
        `metadata.labels: Invalid value: "b c": ${LABEL_VALUE}`,
      ],
      [
        'an annotation key with a blank',
        unserved('x', { annotations: { 'a b': 'c' } }),
        `metadata.annotations: Invalid value: "a b": ${QUALIFIED}`,
      ],
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
      [
        'an IP address for a host',
        host('10.0.0.1'),
        'spec.rules[0].host: Invalid value: "10.0.0.1": must be a DNS name, not an IP address',
      ],
      ['a host with capitals', host('A.b'), `spec.rules[0].host: Invalid value: "A.b": ${SUBDOMAIN}`],
      ['a host with a port', host('a.b:80'), `spec.rules[0].host: Invalid value: "a.b:80": ${SUBDOMAIN}`],
      ['a star alone', host('*'), `spec.rules[0].host: Invalid value: "*": ${WILDCARD}`],
      ['no rules', spec({ rules: undefined }), `spec: Invalid value: null: ${RULES}`],
      ['an empty list of rules', spec({ rules: [] }), `spec: Invalid value: []: ${RULES}`],
      [
        'an empty list of paths',
        spec({ rules: [{ http: { paths: [] } }] }),
        'spec.rules[0].http.paths: Required value',
      ],
      ['no list of paths', spec({ rules: [{ http: {} }] }), 'spec.rules[0].http.paths: Required value'],
      [
        'a class with a blank',
        spec({ ingressClassName: 'A B' }),
        `spec.ingressClassName: Invalid value: "A B": ${SUBDOMAIN}`,
      ],
      [
        'two classes',
        unserved('x', { annotations: { 'kubernetes.io/ingress.class': 'nginx' } }),
        'annotations.kubernetes.io/ingress.class: Invalid value: "nginx": must match `ingressClassName` when both are specified',
      ],
      [
        'a secret with a blank',
        spec({ tls: [{ hosts: ['a.test'], secretName: 'A B' }] }),
        `spec.tls[0].secretName: Invalid value: "A B": ${SUBDOMAIN}`,
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
      ['a host with a wildcard', host('*.b.c')],
      ['a rule without paths', host('a.b')],
      ['a default backend alone', spec({ rules: undefined, defaultBackend: backend })],
      ['a port by name', port({ name: 'http' })],
    ])('%s is allowed', async (_what, body) => {
      const answer = await create(body)
      expect(answer.status, answer.text).toBe(201)
    })

    test.each([
      [
        'text for rules',
        spec({ rules: 'abc' }),
        'string into Go struct field IngressSpec.spec.rules of type []v1.IngressRule',
      ],
      [
        'text for a port',
        port({ number: '80' }),
        'string into Go struct field ServiceBackendPort.spec.rules.http.paths.backend.service.port.number of type int32',
      ],
      [
        'a number for a path',
        path({ path: 5 }),
        'number into Go struct field HTTPIngressPath.spec.rules.http.paths.path of type string',
      ],
    ])('%s is 400', async (_what, body, why) => {
      const what = 'Ingress in version "v1" cannot be handled as a Ingress: json: cannot unmarshal'
      expect(saidBy(await create(body))).toEqual([400, 'BadRequest', `${what} ${why}`])
    })

    test('more than 256 KiB of annotations are refused, in a patch too', async () => {
      const annotations = { a: 'x'.repeat(256 * 1024) }
      const why = 'metadata.annotations: Too long: may not be more than 262144 bytes'
      const { path: present, name } = await stage().ingress(ground)
      const patched = await stage().api.ask('PATCH', present, {
        body: { metadata: { annotations } },
        type: MERGE,
      })
      expect(saidBy(patched)).toEqual([
        422,
        'Invalid',
        `Ingress.networking.k8s.io "${name}" is invalid: ${why}`,
      ])
      const created = await create(unserved('x', { annotations }))
      expect(saidBy(created)).toEqual([422, 'Invalid', `Ingress.networking.k8s.io "x" is invalid: ${why}`])
    })
  })
