import { expect, test } from 'vitest'
import { parseIngress } from '@/lib/domain/ingress'
import { halfStartedIn } from '@/lib/domain/operation/half-started'
import { startPlanText } from '@/lib/domain/start/change'
import { ourLabels } from '@/lib/domain/start/mark'
import { parseDeployment, parseService } from '@/lib/domain/workload'

const route = { ingress: 'shop', host: '', path: '/user', pathType: 'Prefix' }
const start = startPlanText({ route, service: 'service-user-v2', rules: null, weight: 0 })
const metadata = (name: string, seconds: number, annotations = {}) => ({
  namespace: 'shop',
  name,
  labels: ourLabels('user-canary'),
  annotations,
  creationTimestamp: `2026-01-01T00:00:0${seconds}Z`,
})
const deployment = parseDeployment({
  metadata: metadata('user-v2', 1, { 'halftone.dev/start': start }),
  spec: { replicas: 3 },
  status: { readyReplicas: 2 },
})
const service = parseService({ metadata: metadata('service-user-v2', 2) })
const foreign = parseDeployment({ metadata: { namespace: 'shop', name: 'user-v1' } })

const canaryFor = (
  serviceName: string,
  annotations: object = { 'nginx.ingress.kubernetes.io/canary': 'true' },
) =>
  parseIngress({
    metadata: { name: 'user-canary', annotations },
    spec: { rules: [{ http: { paths: [{ backend: { service: { name: serviceName } } }] } }] },
  })

const seen = (ingress = canaryFor('nobody'), services = [service]) =>
  halfStartedIn('shop', 'demo', {
    deployments: [deployment, foreign],
    services,
    ingress: name => (name === 'user-canary' ? ingress : undefined),
    isRunning: () => false,
  })

test('objects of ours without their canary Ingress are shown with all that is known of them', () => {
  expect(
    halfStartedIn('shop', 'demo', {
      deployments: [deployment, foreign],
      services: [service],
      ingress: () => undefined,
      isRunning: name => name === 'user-canary',
    }),
  ).toEqual([
    {
      id: { cluster: 'demo', namespace: 'shop', name: 'user-canary' },
      since: '2026-01-01T00:00:01Z',
      route,
      objects: [
        { kind: 'Deployment', name: 'user-v2' },
        { kind: 'Service', name: 'service-user-v2' },
      ],
      pods: { ready: 2, replicas: 3 },
      isRunning: true,
    },
  ])
})

test('a release whose canary leads to our Service is none of them, whoever made it', () => {
  expect(seen(canaryFor('service-user-v2'))).toEqual([])
})

test('an Ingress of that name that leads elsewhere, or is no canary, hides nothing', () => {
  expect(seen()).toHaveLength(1)
  expect(seen(canaryFor('service-user-v2', {}))).toHaveLength(1)
})

test('a Deployment whose Service was never made, or is gone, belongs to the canary that leads where it was to, and to no other', () => {
  expect(seen(canaryFor('somebody-elses'), [])).toHaveLength(1)
  expect(seen(canaryFor('service-user-v2'), [])).toEqual([])
})

test('a Service alone is shown too, and that nothing tells the route', () => {
  const alone = halfStartedIn('shop', 'demo', {
    deployments: [],
    services: [service],
    ingress: () => undefined,
    isRunning: () => false,
  })
  expect(alone).toMatchObject([{ route: null, pods: { ready: 0, replicas: 0 } }])
})
