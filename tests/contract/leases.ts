import { describe, expect, test } from 'vitest'
import { reasonOf, type Story, saidBy, versionOf } from './stage'

/** Leases: by which one of several processes leads. */
export const leases: Story = stage =>
  describe('leases', () => {
    const lease = (holderIdentity: string, metadata: object = {}) => ({
      metadata: { name: 'leader', ...metadata },
      spec: { holderIdentity },
    })

    test('a replacement creates one, and after that needs the version of what it replaces', async () => {
      const { leases: path } = await stage().ground()
      const put = (body: object) => stage().api.ask('PUT', `${path}/leader`, { body })
      const first = await put(lease('a'))
      expect(first.status).toBe(201)
      const blind = await put(lease('b'))
      expect(saidBy(blind)).toEqual([
        422,
        'Invalid',
        'leases.coordination.k8s.io "leader" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update',
      ])
      const seen = { resourceVersion: versionOf(first) }
      expect((await put(lease('b', seen))).status).toBe(200)
      expect(reasonOf(await put(lease('c', seen)))).toEqual([409, 'Conflict'])
    })
  })
