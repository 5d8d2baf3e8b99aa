import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseIngress } from '@/lib/domain/ingress'
import type { StartSources } from '@/lib/domain/model/start'
import { fieldsOf } from '@/lib/domain/raw'
import { parseLabelSelector, selects, serviceSelector } from '@/lib/domain/start/selector'
import { parseDeployment, parseService } from '@/lib/domain/workload'
import { deployment, draft, drafted, ordinary, podOf, refused, service, sources } from './cluster'

const v1 = deployment(
  'user-v1',
  { app: 'user-v1', tier: 'web' },
  { selector: { matchLabels: { app: 'user-v1' } } },
)
const base: Partial<StartSources> = { deployments: [v1] }
const budget = (selector?: object) => ({ metadata: { namespace: 'shop', name: 'calm' }, spec: { selector } })
const statefulSet = (selector: object, labels: object) => ({
  metadata: { namespace: 'shop', name: 'store' },
  spec: { selector, template: { metadata: { labels } } },
})
const scaler = (kind: string, name: string) => ({
  metadata: { namespace: 'shop', name: 'grow' },
  spec: { scaleTargetRef: { kind, name } },
})
const withService = (selector: Readonly<Record<string, string>> | undefined, spec = {}) => ({
  services: [service('service-user-v1', { app: 'user-v1' }), service('other', selector, spec)],
})

test('a selector that no suffix mends is not told beside the suffix', () => {
  const forAll = refused({}, { ...base, budgets: [budget({})] })
  expect(forAll).toMatchObject({
    title: 'PodDisruptionBudget calm would select the new pods: it selects every pod',
  })
  expect(forAll).not.toHaveProperty('field')
  expect(refused({}, { ...base, budgets: [budget({ matchLabels: { app: 'user-v2' } })] })).toMatchObject({
    field: 'suffix',
  })
})

describe('no pod of the clone is selected by anything else', () => {
  test.each<[string, Partial<StartSources>, object]>([
    [
      'a Service for both versions',
      withService({ tier: 'web' }),
      { kind: 'Service', name: 'other', selector: 'tier: web', why: 'shared', label: 'app: user-v1' },
    ],
    [
      'a Service that waits for the new labels',
      withService({ app: 'user-v2' }),
      { kind: 'Service', name: 'other', selector: 'app: user-v2', why: 'taken' },
    ],
    [
      'a budget for both versions',
      { budgets: [budget({ matchLabels: { tier: 'web' } })] },
      { kind: 'PodDisruptionBudget', selector: 'tier: web', why: 'shared', label: 'app: user-v1' },
    ],
    [
      'a budget for every pod',
      { budgets: [budget({})] },
      { kind: 'PodDisruptionBudget', selector: 'every pod', why: 'shared' },
    ],
    [
      'a budget by an expression: one of',
      { budgets: [budget({ matchExpressions: [{ key: 'app', operator: 'In', values: ['user-v2', 'x'] }] })] },
      { kind: 'PodDisruptionBudget', selector: 'app In (user-v2, x)', why: 'taken' },
    ],
    [
      'a budget by an expression: none of',
      { budgets: [budget({ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['pay-v1'] }] })] },
      { kind: 'PodDisruptionBudget', selector: 'app NotIn (pay-v1)' },
    ],
    [
      'a budget by an expression: there',
      { budgets: [budget({ matchExpressions: [{ key: 'tier', operator: 'Exists' }] })] },
      { kind: 'PodDisruptionBudget', selector: 'tier Exists', label: 'app: user-v1' },
    ],
    [
      'a budget by an expression: not there',
      { budgets: [budget({ matchExpressions: [{ key: 'batch', operator: 'DoesNotExist' }] })] },
      { kind: 'PodDisruptionBudget', selector: 'batch DoesNotExist' },
    ],
    [
      'a budget by an expression that nobody knows',
      { budgets: [budget({ matchExpressions: [{ key: 'app', operator: 'Near', values: ['x'] }] })] },
      { kind: 'PodDisruptionBudget', selector: 'app Near (x)' },
    ],
    [
      'an autoscaler of a Deployment of that name',
      { autoscalers: [scaler('Deployment', 'user-v2')] },
      { kind: 'HorizontalPodAutoscaler', name: 'grow', selector: 'user-v2', why: 'taken' },
    ],
    [
      'another Deployment',
      { deployments: [v1, deployment('greedy', { tier: 'web' })] },
      { kind: 'Deployment', name: 'greedy', selector: 'tier: web', why: 'greedy' },
    ],
    [
      'a StatefulSet',
      { statefulSets: [statefulSet({ matchLabels: { app: 'user-v2' } }, { app: 'user-v2', set: 'a' })] },
      { kind: 'StatefulSet', name: 'store', selector: 'app: user-v2', why: 'taken' },
    ],
  ])('%s', (_case, from, params) => {
    expect(refused({}, { ...base, ...from })).toMatchObject({ code: 'selector-overlap', params })
  })

  test('nor does the clone select the pods of anything else', () => {
    const other = deployment('job', { app: 'user-v2', job: 'x' }, { selector: { matchLabels: { job: 'x' } } })
    expect(refused({}, { deployments: [v1, other] })).toMatchObject({
      code: 'selector-overlap',
      params: { kind: 'Deployment', name: 'job', selector: 'app: user-v2', why: 'picks-others' },
    })
  })

  test('a suffix that leaves a label as it is, is refused', () => {
    const services = [service('users', { app: 'user-v1' })]
    const backend = { service: { name: 'users', port: { number: 80 } } }
    const main = ordinary({ paths: [{ path: '/user', pathType: 'Prefix', backend }] })
    const from = { deployments: [deployment('server', { app: 'user-v1' })], services, ordinary: main }
    expect(refused({ suffix: 'v1' }, from, { on: { service: 'users' } })).toMatchObject({
      code: 'selector-overlap',
      params: { kind: 'Service', name: 'users', why: 'taken' },
    })
  })
})

describe('what selects nothing of it is no obstacle', () => {
  test.each<[string, Partial<StartSources>]>([
    ['a budget of the stable version', { budgets: [budget({ matchLabels: { app: 'user-v1' } })] }],
    ['a budget without a selector', { budgets: [budget()] }],
    ['an autoscaler of the stable version', { autoscalers: [scaler('Deployment', 'user-v1')] }],
    ['an autoscaler of something else of that name', { autoscalers: [scaler('StatefulSet', 'user-v2')] }],
    ['a Service without a selector', withService(undefined)],
    ['a Service with an empty one', withService({})],
    ['a name for another host', withService({ tier: 'web' }, { type: 'ExternalName' })],
    [
      'a StatefulSet of others',
      { statefulSets: [statefulSet({ matchLabels: { app: 'db' } }, { app: 'db' })] },
    ],
  ])('%s', (_case, from) => {
    expect(drafted({}, { ...base, ...from }).name).toBe('user-canary')
  })
})

const key = fc.constantFrom('app', 'tier', 'version', 'constructor', 'app.kubernetes.io/name')
const value = fc.constantFrom('user', 'user-v1', 'user-v2', 'web', 'v1', 'v2', '1.4', '')
const labels = fc.dictionary(key, value, { minKeys: 1, maxKeys: 4 })
const expression = fc.record({
  key,
  operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'),
  values: fc.array(value, { minLength: 1, maxLength: 2 }),
})
const selector = fc.record({
  matchLabels: fc.dictionary(key, value, { maxKeys: 2 }),
  matchExpressions: fc.array(expression, { maxLength: 1 }),
})
const part = <Value>(all: Readonly<Record<string, Value>>, keep: number) =>
  Object.fromEntries(Object.entries(all).filter((_entry, index) => index === 0 || (keep >> index) % 2 === 1))

const clusters = fc
  .record({
    pod: labels,
    serviceKeys: fc.nat(15),
    deploymentKeys: fc.nat(15),
    others: fc.array(labels, { maxLength: 2 }),
    services: fc.array(fc.dictionary(key, value, { maxKeys: 2 }), { maxLength: 2 }),
    budgets: fc.array(fc.option(selector, { nil: undefined }), { maxLength: 2 }),
    sets: fc.array(labels, { maxLength: 1 }),
  })
  .map(
    (world): StartSources =>
      sources({
        deployments: [
          deployment('user-v1', world.pod, {
            selector: { matchLabels: part(world.pod, world.deploymentKeys) },
          }),
          ...world.others.map((each, index) => deployment(`other-${index}`, each)),
        ],
        services: [
          service('service-user-v1', part(world.pod, world.serviceKeys)),
          ...world.services.map((each, index) => service(`beside-${index}`, each)),
        ],
        budgets: world.budgets.map(budget),
        statefulSets: world.sets.map(each => statefulSet({ matchLabels: each }, each)),
      }),
  )

const specOf = (raw: unknown) => fieldsOf(fieldsOf(raw).spec)

test('whatever the cluster, a draft that is made overlaps with nothing and is what the cluster would read', () => {
  let made = 0
  fc.assert(
    fc.property(clusters, fc.constantFrom(undefined, 'v1', 'v2', 'web'), (world, suffix) => {
      const result = draft({ suffix, deployment: 'user-v1' }, world)
      if (!result.ok) return
      made += 1
      const [clone, cloneService, ingress] = result.value.objects
      const pods = podOf(clone).labels as Record<string, string>
      const others = [
        ...world.services.map(raw => serviceSelector(parseService(raw).selector)),
        ...[...world.budgets, ...world.deployments, ...world.statefulSets].map(raw =>
          parseLabelSelector(specOf(raw).selector),
        ),
      ]
      expect(others.filter(each => selects(each, pods))).toEqual([])
      const own = [
        parseLabelSelector(specOf(clone).selector),
        serviceSelector(parseService(cloneService).selector),
      ]
      for (const each of own) {
        expect(selects(each, pods)).toBe(true)
        for (const raw of [...world.deployments, ...world.statefulSets])
          expect(selects(each, podOf(raw).labels as Record<string, string>)).toBe(false)
      }
      expect(parseDeployment(clone)).toMatchObject({
        name: `user-${suffix ?? 'v2'}`,
        templateLabels: pods,
        replicas: 3,
      })
      expect(parseService(cloneService).selector).toEqual(specOf(cloneService).selector)
      expect(parseIngress(ingress)).toMatchObject({
        name: result.value.name,
        className: 'nginx',
        defaultBackend: null,
        tlsHosts: [],
        rules: [
          {
            host: '',
            paths: [{ path: '/user', backend: { service: cloneService.metadata.name, port: '80' } }],
          },
        ],
      })
    }),
    { numRuns: 300 },
  )
  expect(made).toBeGreaterThan(50)
})
