import { beforeAll, describe, expect, test } from 'vitest'
import { MERGE } from './client'
import { unserved } from './objects'
import { type Ground, type Story, saidBy } from './stage'
import { LABEL_VALUE, QUALIFIED, SUBDOMAIN, WILDCARD } from './words'

const backend = { service: { name: 's', port: { number: 80 } } }
const RULES = 'either `defaultBackend` or `rules` must be specified'

const host = (name: string) => unserved('x', {}, { rules: [{ host: name }] })
const spec = (change: object) => unserved('x', {}, change)

/** What names, hosts and classes of an Ingress must be, in the words a person reads when they are not. */
export const ingressRules: Story = stage =>
  describe('rules of an Ingress', () => {
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

    test.each([
      ['a host with a wildcard', host('*.b.c')],
      ['a rule without paths', host('a.b')],
      ['a default backend alone', spec({ rules: undefined, defaultBackend: backend })],
    ])('%s is allowed', async (_what, body) => {
      const answer = await create(body)
      expect(answer.status, answer.text).toBe(201)
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
