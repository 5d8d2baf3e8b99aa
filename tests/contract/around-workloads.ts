import { beforeAll, describe, expect, test } from 'vitest'
import { MERGE } from './client'
import { type Ground, type Story, saidBy } from './stage'

const TARGET = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'x' }
const SELECTOR = { matchLabels: { app: 'x' } }

const autoscaler = (spec: object, name = 'x') => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name },
  spec: { maxReplicas: 5, scaleTargetRef: TARGET, ...spec },
})
const budget = (spec: object, name = 'x') => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name },
  spec: { selector: SELECTOR, ...spec },
})

/** What a clone must not be caught by: HorizontalPodAutoscalers and PodDisruptionBudgets. */
export const aroundWorkloads: Story = stage =>
  describe('autoscalers and disruption budgets', () => {
    let ground: Ground

    beforeAll(async () => {
      ground = await stage().ground()
    })

    test('an autoscaler names its target and is filled in', async () => {
      const { api } = stage()
      const made = await api.ask('POST', ground.autoscalers, { body: autoscaler({}) })
      expect(made.status, made.text).toBe(201)
      const target = { type: 'Utilization', averageUtilization: 80 }
      expect(made.body.spec).toEqual({
        scaleTargetRef: TARGET,
        minReplicas: 1,
        maxReplicas: 5,
        metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }],
      })
      expect(made.body.status).toEqual({ desiredReplicas: 0, currentMetrics: null })
      const listed = await api.ask('GET', ground.autoscalers)
      expect(listed.body).toMatchObject({ kind: 'HorizontalPodAutoscalerList', apiVersion: 'autoscaling/v2' })
    })

    test('a budget names its pods; nothing is filled in, and each change of it is counted', async () => {
      const { api } = stage()
      const body = budget({ minAvailable: '50%' })
      const made = await api.ask('POST', ground.budgets, { body })
      expect(made.status, made.text).toBe(201)
      expect(made.body.spec).toEqual(body.spec)
      expect(made.body.metadata).toMatchObject({ generation: 1 })
      const path = `${ground.budgets}/x`
      const changed = await api.ask('PATCH', path, { body: { spec: { minAvailable: 1 } }, type: MERGE })
      expect(changed.body.metadata).toMatchObject({ generation: 2 })
      expect((await api.ask('DELETE', path)).status).toBe(200)
    })

    test.each([
      ['no most', { maxReplicas: 0 }, 'spec.maxReplicas', 'Invalid value: 0: must be greater than 0'],
      [
        'a most below its least',
        { minReplicas: 7 },
        'spec.maxReplicas',
        'Invalid value: 5: must be greater than or equal to `minReplicas`',
      ],
      [
        'a target without a name',
        { scaleTargetRef: { ...TARGET, name: '' } },
        'spec.scaleTargetRef.name',
        'Required value',
      ],
    ])('an autoscaler with %s', async (_what, spec, field, fault) => {
      const answer = await stage().api.ask('POST', `${ground.autoscalers}?dryRun=All`, {
        body: autoscaler({ minReplicas: 1, ...spec }, 'odd'),
      })
      expect([answer.status, answer.body.reason]).toEqual([422, 'Invalid'])
      expect(String(answer.body.message)).toContain(`${field}: ${fault}`)
    })

    test('a budget of two kinds is none', async () => {
      const body = budget({ minAvailable: 1, maxUnavailable: 1 }, 'odd')
      const answer = await stage().api.ask('POST', `${ground.budgets}?dryRun=All`, { body })
      expect(saidBy(answer).slice(0, 2)).toEqual([422, 'Invalid'])
      expect(String(answer.body.message)).toContain('minAvailable and maxUnavailable cannot be both set')
    })
  })
