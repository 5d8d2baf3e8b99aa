import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endpointsOf } from '@/lib/domain/endpoints'
import { parsePod } from '@/lib/domain/pod'
import { parseDeployment, parseEndpointSlice, parseIngressClass, parseService } from '@/lib/domain/workload'

const metadata = { namespace: 'shop', name: 'user-v1-abc', uid: 'u1', resourceVersion: '7' }
const running = (status: object) => ({ metadata, spec: { containers: [{ image: 'nginx:user-v1' }] }, status })
const notReady = { type: 'Ready', status: 'False', reason: 'ContainersNotReady' }

describe('a pod says whether it is ready, and why not', () => {
  test.each([
    ['a ready pod has no reason', { conditions: [{ type: 'Ready', status: 'True' }] }, true, undefined],
    ['a pod without status is not ready', {}, false, undefined],
    ['without a better word, the condition speaks', { conditions: [notReady] }, false, 'ContainersNotReady'],
    [
      'a container that cannot start speaks before the condition',
      { conditions: [notReady], containerStatuses: [{ state: { waiting: { reason: 'CrashLoopBackOff' } } }] },
      false,
      'CrashLoopBackOff',
    ],
    [
      'an init container that cannot start speaks before the ones that wait for it',
      {
        initContainerStatuses: [{ state: { waiting: { reason: 'ImagePullBackOff' } } }],
        containerStatuses: [{ state: { waiting: { reason: 'PodInitializing' } } }],
      },
      false,
      'ImagePullBackOff',
    ],
    [
      'a finished init container is no reason',
      {
        initContainerStatuses: [{ state: { terminated: { reason: 'Completed', exitCode: 0 } } }],
        conditions: [notReady],
      },
      false,
      'ContainersNotReady',
    ],
    [
      'an unschedulable pod says so',
      { conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }, notReady] },
      false,
      'Unschedulable',
    ],
    ['an evicted pod says so', { reason: 'Evicted', conditions: [notReady] }, false, 'Evicted'],
  ])('%s', (_case, status, ready, reason) => {
    const pod = parsePod(running(status))
    expect([pod.ready, pod.reason]).toEqual([ready, reason])
  })
})

test('a pod that no node has taken yet is as old as its object', () => {
  const creationTimestamp = '2026-01-01T00:00:00Z'
  const status = {
    phase: 'Pending',
    conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }],
  }
  const pod = parsePod({ metadata: { ...metadata, creationTimestamp }, spec: {}, status })
  expect(pod).toMatchObject({ startedAt: creationTimestamp, reason: 'Unschedulable', node: '' })
})

test('a pod keeps its last exit, the sum of its restarts, and ends as Terminating', () => {
  const pod = parsePod({
    metadata: { ...metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
    spec: { nodeName: 'n1', containers: [{ image: 'a:1' }, { image: 'b:1' }] },
    status: {
      phase: 'Running',
      startTime: '2026-01-01T00:00:00Z',
      containerStatuses: [
        { restartCount: 2, lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } } },
        { restartCount: 1 },
      ],
    },
  })
  expect(pod).toMatchObject({
    phase: 'Terminating',
    restarts: 3,
    lastExit: { reason: 'OOMKilled', code: 137 },
    image: 'a:1',
    node: 'n1',
    startedAt: '2026-01-01T00:00:00Z',
  })
})

test('a Deployment shows template labels, images and counts; replicas default to 1', () => {
  const spec = {
    template: { metadata: { labels: { app: 'user' } }, spec: { containers: [{ name: 'c', image: 'i:1' }] } },
  }
  expect(parseDeployment({ metadata, spec, status: { readyReplicas: 2, updatedReplicas: 1 } })).toMatchObject(
    {
      templateLabels: { app: 'user' },
      containers: [{ name: 'c', image: 'i:1' }],
      replicas: 1,
      ready: 2,
      updated: 1,
    },
  )
})

describe('a Service selects nothing', () => {
  test.each([
    ['without a selector', {}, null],
    ['with an empty selector', { selector: {} }, null],
    ['as an ExternalName', { type: 'ExternalName', selector: { app: 'x' } }, null],
    ['but with a selector it does', { selector: { app: 'x' } }, { app: 'x' }],
  ])('%s', (_case, spec, selector) => {
    expect(parseService({ metadata, spec }).selector).toEqual(selector)
  })
})

test('an IngressClass tells its controller and whether it is the default', () => {
  const annotations = { 'ingressclass.kubernetes.io/is-default-class': 'true' }
  const raw = { metadata: { name: 'nginx', annotations }, spec: { controller: 'k8s.io/ingress-nginx' } }
  expect(parseIngressClass(raw)).toMatchObject({
    name: 'nginx',
    controller: 'k8s.io/ingress-nginx',
    isDefault: true,
  })
})

const slice = (addressType: string, port: string, ready: number, total: number) =>
  parseEndpointSlice({
    metadata: { ...metadata, labels: { 'kubernetes.io/service-name': 'user' } },
    addressType,
    ports: [{ name: port, port: 8080 }],
    endpoints: Array.from({ length: total }, (_, i) => ({
      addresses: [`10.0.0.${i}`],
      conditions: i < ready ? {} : { ready: false },
    })),
  })

describe('endpoints are counted as the controller does', () => {
  const service = parseService({
    metadata,
    spec: {
      ports: [
        { name: 'http', port: 80, targetPort: 8080 },
        { name: 'admin', port: 81 },
      ],
    },
  })
  test.each([
    ['by port number', '80', { ready: 2, total: 3 }],
    ['by port name', 'http', { ready: 2, total: 3 }],
    ['by target port', '8080', { ready: 2, total: 3 }],
    ['another port of the Service has its own', '81', { ready: 0, total: 1 }],
    ['a port the Service lacks has none', '99', { ready: 0, total: 0 }],
  ])('%s', (_case, port, expected) => {
    const slices = [slice('IPv4', 'http', 2, 3), slice('IPv4', 'admin', 0, 1)]
    expect(endpointsOf(service, slices, port)).toEqual(expected)
  })
  test('the pods of a dual-stack Service count once', () => {
    const slices = [slice('IPv4', 'http', 2, 3), slice('IPv6', 'http', 2, 3)]
    expect(endpointsOf(service, slices, '80')).toEqual({ ready: 2, total: 3 })
  })
  test('no Service, no endpoints', () => {
    expect(endpointsOf(undefined, [slice('IPv4', 'http', 2, 3)], '80')).toEqual({ ready: 0, total: 0 })
  })
})

test('no object of the cluster, however odd, makes a projection throw', () => {
  const keys = [
    'metadata',
    'spec',
    'status',
    'labels',
    'conditions',
    'containerStatuses',
    'ports',
    'endpoints',
  ]
  const odd = fc.letrec(tie => ({
    node: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(null, undefined, 0, -1, 1e99, '', 'x', true),
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...keys, '__proto__', 'selector', 'state'), tie('node'), { maxKeys: 5 }),
    ),
  })).node
  fc.assert(
    fc.property(odd, raw => {
      for (const parse of [parsePod, parseDeployment, parseService, parseEndpointSlice, parseIngressClass]) {
        const { name, resourceVersion } = parse(raw)
        expect(typeof name + typeof resourceVersion).toBe('stringstring')
      }
    }),
  )
})
