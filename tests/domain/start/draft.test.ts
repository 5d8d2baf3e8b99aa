import { expect, test } from 'vitest'
import { drafted } from './cluster'

const ours = { 'app.kubernetes.io/managed-by': 'halftone', 'halftone.dev/release': 'user-canary' }

test('the reference story: three objects, named and marked, and nothing of the stable ones but what belongs to a copy', () => {
  const { name, plan, objects } = drafted()
  expect(name).toBe('user-canary')
  const target = { ingress: 'nginx-ingress', host: '', path: '/user', pathType: 'Prefix' }
  expect(plan).toEqual({ route: target, service: 'service-user-v2', rules: null, weight: 0 })
  expect(objects).toEqual([
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'user-v2',
        namespace: 'shop',
        labels: { app: 'user-v2', ...ours },
        annotations: {
          'halftone.dev/start': JSON.stringify(plan),
          'halftone.dev/change':
            '{"deployment":"user-v1","container":"nginx","image":"nginx:user-v2","env":{}}',
        },
      },
      spec: {
        replicas: 3,
        selector: { matchLabels: { app: 'user-v2' } },
        template: {
          metadata: { labels: { app: 'user-v2' } },
          spec: { containers: [{ name: 'nginx', image: 'nginx:user-v2' }] },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'service-user-v2', namespace: 'shop', labels: ours },
      spec: {
        type: 'ClusterIP',
        selector: { app: 'user-v2' },
        ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }],
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        name: 'user-canary',
        namespace: 'shop',
        labels: ours,
        annotations: {
          'nginx.ingress.kubernetes.io/canary': 'true',
          'nginx.ingress.kubernetes.io/canary-weight': '0',
          'halftone.dev/stable': 'shop/nginx-ingress/uid-main',
        },
        ownerReferences: [
          { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'nginx-ingress', uid: 'uid-main' },
        ],
      },
      spec: {
        ingressClassName: 'nginx',
        rules: [
          {
            http: {
              paths: [
                {
                  path: '/user',
                  pathType: 'Prefix',
                  backend: { service: { name: 'service-user-v2', port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    },
  ])
})

test('what it is compared with is the stable version cleaned the same way', () => {
  const [stable, stableService, main] = drafted().stable
  expect(stable.metadata).toEqual({ name: 'user-v1', namespace: 'shop', labels: { app: 'user-v1' } })
  expect(Object.keys(stable)).toEqual(['apiVersion', 'kind', 'metadata', 'spec'])
  expect(stableService.spec).toEqual({
    type: 'ClusterIP',
    selector: { app: 'user-v1' },
    ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }],
  })
  expect(main.metadata).toEqual({ name: 'nginx-ingress', namespace: 'shop' })
})
