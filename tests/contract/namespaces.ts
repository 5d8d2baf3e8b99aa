import { describe, expect, test, vi } from 'vitest'
import { MERGE } from './client'
import { unserved } from './objects'
import { type Story, saidBy } from './stage'

/** Namespaces that are not there, and those that are ending. */
export const namespaces: Story = stage =>
  describe('namespaces', () => {
    test('in one that is not there nothing can be created', async () => {
      const path = '/apis/networking.k8s.io/v1/namespaces/nowhere/ingresses'
      const answer = await stage().api.ask('POST', path, { body: unserved('x') })
      expect(saidBy(answer)).toEqual([404, 'NotFound', 'namespaces "nowhere" not found'])
      expect(answer.body.details).toEqual({ name: 'nowhere', kind: 'namespaces' })
    })

    test('in one that is ending nothing new can be created, and what is there goes', async () => {
      const { api } = stage()
      const ground = await stage().ground()
      const { namespace, ingresses } = ground
      const held = await stage().ingress(ground, { finalizers: ['halftone.test/hold'] })
      const other = await stage().ingress(ground)
      const ended = await api.ask('DELETE', `/api/v1/namespaces/${namespace}`)
      expect(ended.body).toMatchObject({ kind: 'Namespace', status: { phase: 'Terminating' } })

      const answer = await api.ask('POST', ingresses, { body: unserved('late') })
      expect(saidBy(answer)).toEqual([
        403,
        'Forbidden',
        `ingresses.networking.k8s.io "late" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
      ])
      expect(answer.body.details).toEqual({
        name: 'late',
        group: 'networking.k8s.io',
        kind: 'ingresses',
        causes: [
          {
            reason: 'NamespaceTerminating',
            message: `namespace ${namespace} is being terminated`,
            field: 'metadata.namespace',
          },
        ],
      })

      const gone = async () => expect((await api.ask('GET', other.path)).status).toBe(404)
      await vi.waitFor(gone, { timeout: 20_000, interval: 100 })
      const change = { body: { metadata: { annotations: { a: 'b' } } }, type: MERGE }
      expect((await api.ask('PATCH', held.path, change)).status).toBe(200)
      await api.ask('PATCH', held.path, { body: { metadata: { finalizers: null } }, type: MERGE })
    })

    test('its name is a label, and its own name is one of its labels', async () => {
      const { namespace } = await stage().ground()
      const { body } = await stage().api.ask('GET', `/api/v1/namespaces/${namespace}`)
      expect(body).toMatchObject({
        metadata: { labels: { 'kubernetes.io/metadata.name': namespace } },
        spec: { finalizers: ['kubernetes'] },
        status: { phase: 'Active' },
      })
      const wrong = await stage().api.ask('POST', '/api/v1/namespaces', {
        body: { metadata: { name: 'Big' } },
      })
      expect(wrong.body.message).toMatch(
        /^Namespace "Big" is invalid: metadata\.name: Invalid value: "Big": a lowercase RFC 1123 label must consist/,
      )
    })
  })
