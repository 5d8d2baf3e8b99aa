import { beforeAll, describe, expect, test } from 'vitest'
import { fieldsOf, itemsOf } from '@/lib/domain/raw'
import { type Json, MERGE } from './client'
import type { Ground, Story } from './stage'

/** `managedFields`: who wrote which annotation last, and when. */
export const managers: Story = stage =>
  describe('managed fields', () => {
    let ground: Ground

    beforeAll(async () => {
      ground = await stage().ground()
    })

    const owners = (object: Json) =>
      Object.fromEntries(
        itemsOf(object.metadata?.managedFields)
          .map(fieldsOf)
          .map(each => [each.manager, each]),
      )
    const annotations = (owner: unknown) =>
      Object.keys(fieldsOf(fieldsOf(fieldsOf(fieldsOf(owner).fieldsV1)['f:metadata'])['f:annotations']))
        .filter(key => key !== '.')
        .sort()

    test('the creator owns what it sent; without a name it is the first word of its user agent', async () => {
      const { object } = await stage().ingress(ground, { annotations: { a: '1' } })
      const owner = fieldsOf(owners(object).tester)
      expect(owner).toMatchObject({
        manager: 'tester',
        operation: 'Update',
        apiVersion: 'networking.k8s.io/v1',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:spec': { 'f:ingressClassName': {} } },
      })
      expect(owner.time).toBe(object.metadata?.creationTimestamp)
      expect(annotations(owner)).toEqual(['f:a'])
    })

    test('who changes an annotation takes it from who had it', async () => {
      const { path } = await stage().ingress(ground)
      const set = (query: string, values: object, agent: string) =>
        stage().api.ask('PATCH', path + query, {
          body: { metadata: { annotations: values } },
          type: MERGE,
          agent,
        })
      await set('?fieldManager=ann', { a: '1', b: '1' }, 'ignored/1')
      const after = owners((await set('', { b: '2' }, 'kubectl-annotate/v1.35')).body)
      expect(annotations(after.ann)).toEqual(['f:a'])
      expect(annotations(after['kubectl-annotate'])).toEqual(['f:b'])
      const same = owners((await set('?fieldManager=other', { a: '1' }, 'x')).body)
      expect(same.other).toBeUndefined()
    })

    test('who writes the status is told apart', async () => {
      const { path } = await stage().ingress(ground)
      const status = { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } }
      const written = await stage().api.ask('PATCH', `${path}/status`, {
        body: { status },
        type: MERGE,
        agent: 'nginx-ingress-controller/1.11',
      })
      expect(owners(written.body)['nginx-ingress-controller']).toMatchObject({ subresource: 'status' })
    })
  })
