import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { KubeObject } from '@/sandbox/api/object'
import { deploymentView } from '@/sandbox/controllers/deployment-view'
import { newWanted, oldScalings } from '@/sandbox/controllers/rollout'

const metadata = { name: 'd', uid: 'u', resourceVersion: '1', creationTimestamp: '' }
const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [] } }

const viewOf = (replicas: number, maxSurge: number | string, maxUnavailable: number | string) =>
  deploymentView({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: { replicas, template, strategy: { rollingUpdate: { maxSurge, maxUnavailable } } },
  })

const setOf = (replicas: number, availableReplicas: number): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata,
  spec: { replicas },
  status: { replicas, availableReplicas },
})

describe('rolling update', () => {
  test.each([
    [4, '25%', '25%', 1, 1],
    [3, '25%', '25%', 1, 0],
    [10, '30%', 0, 3, 0],
    [3, 0, 0, 0, 1],
    [2, 0, '100%', 0, 2],
  ])(
    '%i pods, surge %s, unavailable %s: %i more and %i fewer',
    (replicas, surge, unavailable, more, fewer) => {
      const view = viewOf(replicas, surge, unavailable)
      expect([view.maxSurge, view.maxUnavailable]).toEqual([more, fewer])
    },
  )

  test('equal templates have equal hashes, however their keys are ordered', () => {
    const one = viewOf(1, 1, 1)
    const turned = { spec: { containers: [] }, metadata: { labels: { a: 'b' } } }
    const other = deploymentView({ ...one.object, spec: { template: turned } })
    expect(other.hash).toBe(one.hash)
    expect(deploymentView({ ...one.object, spec: { template: { ...turned, x: 1 } } }).hash).not.toBe(one.hash)
  })

  const counts = fc.record({
    replicas: fc.integer({ min: 1, max: 20 }),
    surge: fc.integer({ min: 0, max: 5 }),
    unavailable: fc.integer({ min: 0, max: 5 }),
    fresh: fc.integer({ min: 0, max: 20 }),
    old: fc.integer({ min: 0, max: 20 }),
  })

  test('never more pods than surge allows', () => {
    fc.assert(
      fc.property(counts, ({ replicas, surge, unavailable, fresh, old }) => {
        const view = viewOf(replicas, surge, unavailable)
        const before = Math.max(fresh + old, view.replicas + view.maxSurge)
        expect(Math.min(fresh, replicas) + old).toBeLessThanOrEqual(before)
        const wanted = newWanted(view, Math.min(fresh, replicas), [setOf(old, old)])
        expect(wanted + old).toBeLessThanOrEqual(before)
      }),
    )
  })

  test('never fewer available pods than maxUnavailable allows, when there were enough', () => {
    fc.assert(
      fc.property(counts, ({ replicas, surge, unavailable, fresh, old }) => {
        const view = viewOf(replicas, surge, unavailable)
        const newest = setOf(Math.min(fresh, replicas), Math.min(fresh, replicas))
        const enough = view.replicas - view.maxUnavailable
        const available = Math.min(fresh, replicas) + old
        fc.pre(available >= enough)
        const [scaling] = oldScalings(view, newest, [setOf(old, old)])
        expect(Math.min(fresh, replicas) + (scaling?.to ?? old)).toBeGreaterThanOrEqual(enough)
      }),
    )
  })
})
