import { describe, expect, test } from 'vitest'
import { offerOf } from '@/lib/domain/start/offer'
import { deployment, drafted, ordinary, refused, route, service, sources } from './cluster'

const serviceOf = (spec: object, metadata: object = {}) =>
  drafted({}, { services: [service('service-user-v1', { app: 'user-v1' }, spec, metadata)] }).objects[1]

describe('the Service of the new version stays inside the cluster', () => {
  test('a load balancer becomes an address inside; no address, node port or rule of the outside is copied', () => {
    const spec = {
      type: 'LoadBalancer',
      clusterIP: '10.0.0.1',
      clusterIPs: ['10.0.0.1'],
      externalIPs: ['1.2.3.4'],
      externalTrafficPolicy: 'Local',
      healthCheckNodePort: 30001,
      loadBalancerIP: '1.2.3.4',
      loadBalancerClass: 'x',
      loadBalancerSourceRanges: ['0.0.0.0/0'],
      allocateLoadBalancerNodePorts: true,
      externalName: 'x',
      ports: [
        { name: 'http', port: 80, targetPort: 'web', nodePort: 30000, protocol: 'TCP', appProtocol: 'h2c' },
      ],
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 10 } },
      publishNotReadyAddresses: true,
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      internalTrafficPolicy: 'Cluster',
    }
    expect(serviceOf(spec).spec).toEqual({
      type: 'ClusterIP',
      selector: { app: 'user-v2' },
      ports: [{ name: 'http', port: 80, targetPort: 'web', protocol: 'TCP', appProtocol: 'h2c' }],
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 10 } },
      publishNotReadyAddresses: true,
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      internalTrafficPolicy: 'Cluster',
    })
  })
  test('a name in a registry besides Kubernetes stays with the stable version, also that of the pods', () => {
    const names = {
      'consul.hashicorp.com/service-name': 'user',
      'consul.hashicorp.com/connect-service': 'user',
      'tailscale.com/hostname': 'user',
    }
    expect(serviceOf({}, { annotations: { ...names, team: 'shop' } }).metadata.annotations).toEqual({
      team: 'shop',
    })
    const template = { annotations: { ...names, team: 'shop' } }
    const [clone] = drafted(
      {},
      { deployments: [deployment('user-v1', { app: 'user-v1' }, { template })] },
    ).objects
    expect(clone.spec).toMatchObject({ template: { metadata: { annotations: { team: 'shop' } } } })
    expect(JSON.stringify(clone.spec)).not.toContain('consul')
  })
  test('a headless one stays headless', () => {
    expect(serviceOf({ clusterIP: 'None', clusterIPs: ['None'] }).spec).toMatchObject({ clusterIP: 'None' })
  })
  test('names outside the cluster stay with the stable version', () => {
    const annotations = {
      'external-dns.alpha.kubernetes.io/hostname': 'shop.example',
      'service.beta.kubernetes.io/aws-load-balancer-type': 'nlb',
      'prometheus.io/scrape': 'true',
    }
    const metadata = { annotations, labels: { app: 'user-v1', team: 'shop' } }
    expect(serviceOf({}, metadata).metadata).toEqual({
      name: 'service-user-v2',
      namespace: 'shop',
      labels: {
        app: 'user-v2',
        team: 'shop',
        'app.kubernetes.io/managed-by': 'halftone',
        'halftone.dev/release': 'user-canary',
      },
      annotations: { 'prometheus.io/scrape': 'true' },
    })
  })
})

describe('what cannot be copied is refused with the reason', () => {
  const set = {
    metadata: { namespace: 'shop', name: 'store' },
    spec: { template: { metadata: { labels: { app: 'user-v1' } } } },
  }
  const only = (selector: Readonly<Record<string, string>> | undefined, spec: object = {}) => ({
    services: [service('service-user-v1', selector, spec)],
  })
  const path = (text: string) => ({
    ordinary: ordinary({
      paths: [
        {
          path: '/user',
          pathType: 'Prefix',
          backend: { service: { name: 'service-user-v1', port: { number: 80 } } },
        },
        {
          path: text,
          pathType: 'ImplementationSpecific',
          backend: { service: { name: 'x', port: { number: 80 } } },
        },
      ],
    }),
  })
  test.each([
    ['statefulset', { deployments: [], statefulSets: [set] }],
    ['statefulset', { statefulSets: [set] }],
    ['no-service', { services: [] }],
    ['no-selector', only(undefined)],
    ['no-selector', only({})],
    ['external-name', only({ app: 'user-v1' }, { type: 'ExternalName', externalName: 'x.example' })],
    ['no-deployment', { deployments: [] }],
    ['no-deployment', { deployments: [deployment('user-v1', { app: 'other' })] }],
    ['odd-path', path('/a b')],
    ['odd-path', path('/a\nb')],
    ['odd-path', path('/a\u0000')],
    ['odd-path', path('/a{}')],
    ['odd-path', path('/a;b')],
    ['odd-path', path('/a#b')],
    ['odd-path', path('/a$uri')],
    ['odd-path', path('/a"')],
    ['odd-path', path("/a'")],
    ['odd-path', path('/a`')],
    ['odd-path', path('/a<b')],
    ['odd-path', path('/a>b')],
  ])('%s', (why, from) => {
    expect(refused({}, from)).toMatchObject({ code: 'not-clonable', params: { why } })
    expect(offerOf(route, sources(from)).obstacle).toMatchObject({ code: 'not-clonable', params: { why } })
  })
  test.each(['/a(/|$)(.*)', '/a$'])('but not %s: a rewrite of the controller’s own examples', text => {
    expect(offerOf(route, sources(path(text))).obstacle).toBe(null)
  })
  test('a route that a canary acts on', () => {
    const on = { release: 'user-canary', releaseNamespace: 'other' }
    expect(refused({}, {}, { on })).toMatchObject({
      code: 'already-released',
      params: { release: 'user-canary', namespace: 'other' },
    })
    expect(offerOf({ ...route, ...on }, sources()).obstacle?.code).toBe('already-released')
  })
  test('a start that is continued is not hindered by a canary of the same name in another namespace being its own', () => {
    const on = { release: 'user-canary', releaseNamespace: 'other' }
    expect(refused({ name: 'user-canary' }, {}, { on, continues: true }).code).toBe('already-released')
  })
})

test('an offer shows what a new version can change, and is no obstacle for what is not copied', () => {
  const containers = [
    { name: 'nginx', image: 'nginx:user-v1', env: [{ name: 'A', value: '1' }, { name: 'B' }] },
    { name: 'proxy', image: 'envoy:1', env: [{ name: 'S', valueFrom: { secretKeyRef: {} } }] },
  ]
  const from = {
    deployments: [deployment('user-v1', { app: 'user-v1' }, { pod: { containers } })],
    autoscalers: [{ spec: { scaleTargetRef: { kind: 'Deployment', name: 'user-v1' } } }],
    budgets: [{ spec: { selector: { matchLabels: { app: 'user-v1' } } } }],
  }
  expect(offerOf(route, sources(from))).toEqual({
    route: { ...route, release: undefined },
    deployments: [
      {
        name: 'user-v1',
        replicas: 3,
        containers: [
          {
            name: 'nginx',
            image: 'nginx:user-v1',
            env: [
              { name: 'A', value: '1' },
              { name: 'B', value: '' },
            ],
          },
          { name: 'proxy', image: 'envoy:1', env: [{ name: 'S', value: null }] },
        ],
      },
    ],
    names: { suffix: 'v2', name: 'user-canary', deployment: 'user-v2', service: 'service-user-v2' },
    obstacle: null,
  })
})
