import { beforeAll, describe, expect, test, vi } from 'vitest'
import { parsePod } from '@/lib/domain/pod'
import { itemsOf } from '@/lib/domain/raw'
import { parseEndpointSlice } from '@/lib/domain/workload'
import { MERGE } from './client'
import { service, statefulSet } from './objects'
import { type Ground, type Story, saidBy } from './stage'

const SLOW = { timeout: 60_000, interval: 100 }

/** What becomes of StatefulSets, as far as Halftone meets them: behind a route's Service. */
export const statefulSets: Story = stage =>
  describe.concurrent('StatefulSets', () => {
    let ground: Ground

    beforeAll(async () => {
      ground = await stage().ground()
    })

    test('its pods have numbers, are ready, and stand behind the Service that selects them', async () => {
      const { api } = stage()
      const name = stage().fresh()
      const listed = async (path: string, selector: string) =>
        itemsOf((await api.ask('GET', `${path}?labelSelector=${selector}`)).body.items)
      await api.ask('POST', ground.services, { body: service(name) })
      const made = await api.ask('POST', ground.statefulSets, { body: statefulSet(name, 'nginx:user-v1') })
      expect(made.status, made.text).toBe(201)
      await vi.waitFor(async () => {
        const pods = (await listed(ground.pods, `app%3D${name}`)).map(raw => parsePod(raw))
        expect(pods.map(each => [each.name, each.ready])).toEqual([
          [`${name}-0`, true],
          [`${name}-1`, true],
        ])
        expect(pods[1]?.labels).toMatchObject({
          app: name,
          'apps.kubernetes.io/pod-index': '1',
          'statefulset.kubernetes.io/pod-name': `${name}-1`,
          'controller-revision-hash': expect.stringMatching(new RegExp(`^${name}-`)),
        })
      }, SLOW)
      await vi.waitFor(async () => {
        const slices = await listed(ground.slices, `kubernetes.io%2Fservice-name%3D${name}`)
        const ready = slices.map(raw => parseEndpointSlice(raw)).reduce((sum, each) => sum + each.ready, 0)
        expect(ready).toBe(2)
      }, SLOW)
      const { body } = await api.ask('GET', `${ground.statefulSets}/${name}`)
      const counts = { replicas: 2, readyReplicas: 2, updatedReplicas: 2, availableReplicas: 2 }
      expect(body.status).toMatchObject({ ...counts, observedGeneration: 1 })
    })

    test('it is filled in; its selector and the name of its Service stay', async () => {
      const { api } = stage()
      const name = stage().fresh()
      const body = statefulSet(name, 'nginx:user-v1', { replicas: 0 })
      const made = await api.ask('POST', ground.statefulSets, { body })
      const { template: _template, ...spec } = made.body.spec ?? {}
      expect(spec).toEqual({
        replicas: 0,
        selector: { matchLabels: { app: name } },
        serviceName: name,
        podManagementPolicy: 'OrderedReady',
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
        revisionHistoryLimit: 10,
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      })
      const path = `${ground.statefulSets}/${name}`
      const changed = await api.ask('PATCH', path, { body: { spec: { serviceName: 'other' } }, type: MERGE })
      const fields =
        "'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds'"
      expect(saidBy(changed)).toEqual([
        422,
        'Invalid',
        `StatefulSet.apps "${name}" is invalid: spec: Forbidden: updates to statefulset spec for fields other than ${fields} are forbidden`,
      ])
    })
  })
