import { describe, expect, test } from 'vitest'
import type { Deployment, EndpointSlice, Pod, Service } from '@/lib/domain/model/workload'
import { isSelected, versionOf, type Workloads } from '@/lib/domain/version'

const identity = { namespace: 'shop', uid: 'u', createdAtMs: 0, resourceVersion: '1' }
const service: Service = {
  ...identity,
  name: 'service-user-v2',
  selector: { app: 'user-v2' },
  ports: [{ name: '', port: 80, targetPort: '8080' }],
}
const slice: EndpointSlice = { ...identity, name: 's', service: service.name, ports: [], ready: 1, total: 2 }
const deployment = (name: string, app: string): Deployment => ({
  ...identity,
  name,
  templateLabels: { app, tier: 'web' },
  containers: [{ name: 'c', image: `nginx:${app}` }],
  replicas: 3,
  ready: 2,
  updated: 3,
})
const pod = (name: string, app: string, ready: boolean): Pod => ({
  ...identity,
  name,
  labels: { app, tier: 'web' },
  ready,
  phase: 'Running',
  restarts: 0,
  image: `nginx:${app}`,
  node: 'n1',
  startedAt: null,
})
const workloads: Workloads = {
  service: (namespace, name) => (namespace === 'shop' && name === service.name ? service : undefined),
  slices: (_namespace, name) => (name === service.name ? [slice] : []),
  deployments: () => [deployment('user-v1', 'user-v1'), deployment('user-v2', 'user-v2')],
  pods: () => [
    pod('b', 'user-v2', true),
    pod('c', 'user-v2', false),
    pod('a', 'user-v2', true),
    pod('x', 'user-v1', true),
  ],
}
const backend = { service: 'service-user-v2', port: '80' }

test('a version is what its Service’s selector picks up, not-ready pods first', () => {
  const version = versionOf(workloads, 'shop', { ...backend, podLimit: 100 })
  expect(version).toMatchObject({
    service: 'service-user-v2',
    port: 80,
    deployments: [{ name: 'user-v2', image: 'nginx:user-v2', replicas: 3, ready: 2, updated: 3 }],
    endpoints: { ready: 1, total: 2 },
  })
  expect(version.pods?.map(each => each.name)).toEqual(['c', 'a', 'b'])
  expect(version.pods?.[0]).not.toHaveProperty('labels')
  expect(version).not.toHaveProperty('morePods')
})

test('a long list of pods is cut and says how many it leaves out', () => {
  const { pods, morePods } = versionOf(workloads, 'shop', { ...backend, podLimit: 1 })
  expect([pods?.map(each => each.name), morePods]).toEqual([['c'], 2])
})

test('no pods are listed where none are asked for', () => {
  expect(versionOf(workloads, 'shop', { ...backend, podLimit: 0 })).not.toHaveProperty('pods')
})

test('a Service nobody has seen has nothing behind it', () => {
  expect(versionOf(workloads, 'shop', { service: 'gone', port: '80', podLimit: 9 })).toEqual({
    service: 'gone',
    port: 80,
    deployments: [],
    endpoints: { ready: 0, total: 0 },
    pods: [],
  })
})

describe('a selector picks up', () => {
  test.each([
    ['labels that hold all of it', { a: '1' }, { a: '1', b: '2' }, true],
    ['not other values', { a: '1' }, { a: '2' }, false],
    ['not missing labels', { a: '1', b: '2' }, { a: '1' }, false],
    ['nothing, where there is none', null, { a: '1' }, false],
  ])('%s', (_case, selector, labels, expected) => {
    expect(isSelected(selector, labels)).toBe(expected)
  })
})
