import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findingIds } from '@/lib/domain/finding'
import { parseIngress } from '@/lib/domain/ingress'
import { deadTexts } from '@/lib/domain/lint/dead-texts'
import type { Release } from '@/lib/domain/model/release'
import { parsePod } from '@/lib/domain/pod'
import { isCanaryIngress, releaseOf } from '@/lib/domain/release'
import { routesOf } from '@/lib/domain/route'
import { routingOf } from '@/lib/domain/routing'
import { parseDeployment, parseEndpointSlice, parseService } from '@/lib/domain/workload'
import { matches } from '@/lib/server/pattern'

const NGINX = 'nginx.ingress.kubernetes.io/'

type Shape = {
  name: string
  namespace?: string
  second?: number
  annotations?: Record<string, string>
  owners?: object[]
  host?: string
  paths?: { path?: string; pathType?: string; service?: string }[]
  spec?: object
}

/** An Ingress as the API server would send it; annotation keys without nginx's prefix. */
function raw({
  name,
  namespace = 'default',
  second = 0,
  annotations = {},
  owners = [],
  host,
  paths = [],
  spec,
}: Shape) {
  const http = {
    paths: paths.map(({ path, pathType = 'Prefix', service }) => ({
      ...(path !== undefined && { path }),
      pathType,
      backend: service
        ? { service: { name: service, port: { number: 80 } } }
        : { resource: { kind: 'B', name: 'b' } },
    })),
  }
  return {
    metadata: {
      name,
      namespace,
      uid: `uid-${name}`,
      resourceVersion: '7',
      creationTimestamp: `2026-01-01T00:00:0${second}Z`,
      annotations: Object.fromEntries(Object.entries(annotations).map(([key, text]) => [NGINX + key, text])),
      ownerReferences: owners,
    },
    spec: { ingressClassName: 'nginx', rules: [{ ...(host && { host }), http }], ...spec },
  }
}

const main: Shape = {
  name: 'nginx-ingress',
  annotations: { 'rewrite-target': '/' },
  paths: [
    { path: '/user', service: 'service-user-v1' },
    { path: '/pay', service: 'service-pay-v1' },
  ],
}
const canary = (annotations: Record<string, string> = {}, more: Partial<Shape> = {}): Shape => ({
  name: 'user-canary',
  second: 5,
  annotations: { canary: 'true', ...annotations },
  paths: [{ path: '/user', service: 'service-user-v2' }],
  ...more,
})

const objects = (app: string) => {
  const labels = { app }
  const metadata = { namespace: 'default', name: app }
  return {
    deployment: parseDeployment({
      metadata,
      spec: {
        replicas: 3,
        template: { metadata: { labels }, spec: { containers: [{ name: 'c', image: `nginx:${app}` }] } },
      },
    }),
    service: parseService({
      metadata: { ...metadata, name: `service-${app}` },
      spec: { selector: labels, ports: [{ port: 80 }] },
    }),
    slice: parseEndpointSlice({
      metadata: { ...metadata, labels: { 'kubernetes.io/service-name': `service-${app}` } },
      endpoints: [{ addresses: ['10.0.0.1'] }],
    }),
    pod: parsePod({ metadata: { ...metadata, name: `${app}-x`, labels } }),
  }
}
const world = [objects('user-v1'), objects('user-v2'), objects('pay-v1')]
const workloads = {
  service: (_namespace: string, name: string) => world.find(each => each.service.name === name)?.service,
  slices: (_namespace: string, service: string) =>
    world.filter(each => each.slice.service === service).map(each => each.slice),
  deployments: () => world.map(each => each.deployment),
  pods: () => world.map(each => each.pod),
}

/** The release of the first Ingress among all of them. */
function release(of: Shape, ...others: Shape[]): Release {
  const [first, ...rest] = [of, ...(others.length > 0 ? others : [main])].map(each => parseIngress(raw(each)))
  if (!first) throw new Error('no Ingress')
  const routing = routingOf([first, ...rest], { annotationValidation: true })
  return releaseOf(first, { cluster: 'demo', routing, workloads, matches })
}

test('the reference release pairs user-v1 with user-v2, parked', () => {
  expect(release(canary({ 'canary-weight': '0' }))).toMatchObject({
    id: { cluster: 'demo', namespace: 'default', name: 'user-canary' },
    uid: 'uid-user-canary',
    resourceVersion: '7',
    createdAt: '2026-01-01T00:00:05Z',
    className: 'nginx',
    routes: [
      {
        namespace: 'default',
        ingress: 'nginx-ingress',
        host: '',
        path: '/user',
        pathType: 'Prefix',
        service: 'service-user-v1',
        port: 80,
        canaryService: 'service-user-v2',
        live: true,
      },
    ],
    state: 'parked',
    owner: null,
    weight: 0,
    weightTotal: 100,
    rules: { header: null, cookie: null },
    affinity: 'none',
    stable: {
      service: 'service-user-v1',
      deployments: [{ name: 'user-v1', image: 'nginx:user-v1', replicas: 3 }],
      endpoints: { ready: 1, total: 1 },
      pods: [{ name: 'user-v1-x' }],
    },
    canary: { service: 'service-user-v2', deployments: [{ name: 'user-v2' }], pods: [{ name: 'user-v2-x' }] },
    findings: [],
    changedAt: null,
    changedBy: null,
  })
})

test('the routes of the cluster name their release', () => {
  const ingresses = [main, canary()].map(each => parseIngress(raw(each)))
  const routes = routesOf(routingOf(ingresses, { annotationValidation: true }))
  expect(routes.map(({ path, release: name }) => [path, name])).toEqual([
    ['/user', 'user-canary'],
    ['/pay', null],
  ])
})

describe('the state of a release', () => {
  test.each([
    ['parked: no weight, no rule', {}, 'parked'],
    ['shifting: some weight', { 'canary-weight': '20' }, 'shifting'],
    [
      'shifting: a weight below a greater total',
      { 'canary-weight': '100', 'canary-weight-total': '1000' },
      'shifting',
    ],
    ['all-canary: the whole total', { 'canary-weight': '100' }, 'all-canary'],
    [
      'all-canary: a total below 100 counts as 100',
      { 'canary-weight': '100', 'canary-weight-total': '50' },
      'all-canary',
    ],
    ['all-canary: more than all', { 'canary-weight': '150' }, 'all-canary'],
    ['marked: a header', { 'canary-by-header': 'role' }, 'marked'],
    ['marked: a cookie', { 'canary-by-cookie': 'vip_user' }, 'marked'],
    ['shifting beats marked', { 'canary-weight': '1', 'canary-by-cookie': 'vip_user' }, 'shifting'],
    ['parked: a value without its header', { 'canary-by-header-value': 'test' }, 'parked'],
    ['parked: a header nginx cannot look up', { 'canary-by-header': 'a.b' }, 'parked'],
    [
      'parked: a pattern that does not compile',
      { 'canary-by-header': 'a', 'canary-by-header-pattern': '(' },
      'parked',
    ],
    [
      'marked: a value hides the broken pattern',
      { 'canary-by-header': 'a', 'canary-by-header-value': 'x', 'canary-by-header-pattern': '(' },
      'marked',
    ],
    ['parked: below nothing', { 'canary-weight': '-5' }, 'parked'],
    ['parked: a number the controller cannot read', { 'canary-weight': '10%' }, 'parked'],
  ])('%s', (_case, annotations, state) => {
    expect(release(canary(annotations)).state).toBe(state)
  })
})

describe('the rules are those the controller reads', () => {
  test.each([
    [
      'a value the controller drops leaves always and never',
      { 'canary-by-header': 'role', 'canary-by-header-value': 'user@x.com' },
      { name: 'role' },
    ],
    [
      'value and pattern',
      { 'canary-by-header': 'role', 'canary-by-header-value': 'a', 'canary-by-header-pattern': '^b$' },
      { name: 'role', value: 'a', pattern: '^b$' },
    ],
    ['blanks around a name are none', { 'canary-by-header': ' role ' }, { name: 'role' }],
  ])('%s', (_case, annotations, header) => {
    expect(release(canary(annotations)).rules.header).toEqual(header)
  })
  test('a pattern comes with its example', () => {
    const shape = raw(canary({ 'canary-by-header': 'r', 'canary-by-header-pattern': '^e' }))
    const ingress = parseIngress({
      ...shape,
      metadata: {
        ...shape.metadata,
        annotations: { ...shape.metadata.annotations, 'halftone.dev/sampling': '{"example":"eu"}' },
      },
    })
    const routing = routingOf([ingress, parseIngress(raw(main))], { annotationValidation: true })
    const { rules } = releaseOf(ingress, { cluster: 'demo', routing, workloads })
    expect(rules.header).toEqual({ name: 'r', pattern: '^e', example: 'eu' })
  })
})

describe('a dead canary says why', () => {
  const other: Shape = { name: 'other', second: 1, paths: [{ path: '/x', service: 'service-user-v2' }] }
  const older = canary(
    {},
    { name: 'older-canary', second: 2, paths: [{ path: '/user', service: 'service-user-v3' }] },
  )
  test.each([
    [
      'no ordinary path',
      release(canary({}, { paths: [{ path: '/users', service: 'service-user-v2' }] })),
      'L01',
    ],
    [
      'another path type',
      release(canary({}, { paths: [{ path: '/user', pathType: 'Exact', service: 'service-user-v2' }] })),
      'L02',
    ],
    [
      'the same Service',
      release(canary({}, { paths: [{ path: '/user', service: 'service-user-v1' }] })),
      'L04',
    ],
    ['a Service that serves elsewhere', release(canary(), main, other), 'L05'],
    ['an older canary', release(canary(), main, older), 'L07'],
    ['a value that is not true', release(canary({ canary: 'yes' })), 'L10'],
    ['a rule without http', release(canary({}, { spec: { rules: [{ host: 'a.b' }] } })), 'L34'],
    [
      'a rule without http beside paths',
      release(canary({}, { spec: { rules: [...raw(canary()).spec.rules, { host: 'a.b' }] } })),
      'L34',
    ],
    ['no rules at all', release(canary({}, { spec: { rules: [] } })), 'L44'],
    ['a resource as its backend', release(canary({}, { paths: [{ path: '/user' }] })), 'L45'],
    [
      'a host under a wildcard',
      release(canary({}, { host: 'a.shop.example' }), { ...main, host: '*.shop.example' }),
      'L36',
    ],
  ])('%s', (_case, dead, id) => {
    expect([
      dead.state,
      dead.routes.some(route => route.live),
      dead.findings.map(finding => finding.id),
    ]).toEqual(['dead', false, [id]])
    expect(dead.findings[0]?.title).not.toMatch(/[{}–]/)
    expect(dead.findings[0]?.where).toMatch(/^default\/user-canary (spec|metadata)/)
  })

  test('the tutorial’s form, a rule without path beside a default backend, is dead', () => {
    const backend = { service: { name: 'service-user-v2', port: { number: 80 } } }
    const tutorial = release(
      canary(
        { 'canary-weight': '20' },
        {
          spec: {
            defaultBackend: backend,
            rules: [{ http: { paths: [{ pathType: 'ImplementationSpecific', backend }] } }],
          },
        },
      ),
    )
    expect(tutorial.state).toBe('dead')
    expect(tutorial.findings.length).toBeGreaterThan(0)
    expect(tutorial.findings.every(finding => finding.severity === 'error')).toBe(true)
  })

  test('one path without a partner takes the whole canary with it', () => {
    const paths = [
      { path: '/user', service: 'service-user-v2' },
      { path: '/nope', service: 'service-user-v2' },
    ]
    const { state, routes, findings } = release(canary({}, { paths }))
    expect([state, routes.map(({ live, why }) => [live, why])]).toEqual([
      'dead',
      [
        [false, 'L46'],
        [false, 'L01'],
      ],
    ])
    expect(findings.map(finding => finding.title)).toEqual([
      '/user is dead because of spec.rules[0].http.paths[1] in user-canary',
      'No ordinary Ingress serves /nope as Prefix',
    ])
  })

  test('a canary of another class is dead, and its class is named', () => {
    const shape = canary({}, { spec: { ingressClassName: 'traefik' } })
    const ingress = parseIngress(raw({ ...shape, paths: [] }))
    const foreign = { ...ingress, rules: parseIngress(raw(canary())).rules }
    const { state, findings } = releaseOf(foreign, {
      cluster: 'demo',
      routing: { canaryPaths: [] },
      workloads,
    })
    expect([state, findings.map(finding => [finding.id, finding.params.className])]).toEqual([
      'dead',
      [['L33', 'traefik']],
    ])
  })

  test('the versions of a dead canary are those it was surely meant for', () => {
    const { stable, canary: side } = release(
      canary({}, { paths: [{ path: '/user', pathType: 'Exact', service: 'service-user-v2' }] }),
    )
    expect([stable.service, side.service]).toEqual(['service-user-v1', 'service-user-v2'])
  })
})

describe('session affinity', () => {
  const sticky = { ...main, annotations: { affinity: 'cookie' } }
  test.each([
    ['none', release(canary()), 'none'],
    ['of the ordinary Ingress pins users', release(canary(), sticky), 'sticky'],
    ['legacy releases them', release(canary({ 'affinity-canary-behavior': 'legacy' }), sticky), 'legacy'],
    ['of the canary means nothing', release(canary({ affinity: 'cookie' })), 'none'],
  ])('%s', (_case, { affinity }, expected) => {
    expect(affinity).toBe(expected)
  })
})

describe('what looks meant as a canary is listed', () => {
  test.each([
    ['a canary', { canary: 'true' }, true],
    ['one the controller cannot read', { canary: 'yes' }, true],
    ['one with a blank', { canary: ' true' }, true],
    ['an empty one', { canary: '' }, true],
    ['rules without the switch', { 'canary-weight': '20' }, true],
    ['rules switched off', { canary: 'false', 'canary-weight': '20' }, true],
    ['not one that is switched off without rules', { canary: 'false' }, false],
    ['not an ordinary Ingress', { 'rewrite-target': '/' }, false],
    ['not one that only knows affinity', { 'affinity-canary-behavior': 'legacy' }, false],
  ])('%s', (_case, annotations, expected) => {
    expect(isCanaryIngress(parseIngress(raw({ name: 'x', annotations })))).toBe(expected)
  })
})

test('an owned canary says whose it is', () => {
  const owners = [{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'user', uid: 'u' }]
  expect(release(canary({}, { owners })).owner).toEqual({ kind: 'Rollout', name: 'user' })
})

test('whatever the annotations say, a release is whole: its weight within its total, dead with a reason, never both', () => {
  const keys = [
    'canary',
    'canary-weight',
    'canary-weight-total',
    'canary-by-header',
    'canary-by-header-value',
    'canary-by-header-pattern',
    'canary-by-cookie',
    'affinity-canary-behavior',
  ]
  const text = fc.oneof(
    fc.constantFrom('true', '0', '50', '-1', '1000', '99999999999999999999', 'role', '('),
    fc.string(),
  )
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...keys), text), annotations => {
      const { weight, weightTotal, state, findings } = release({ ...canary(), annotations })
      expect(weight).toBeGreaterThanOrEqual(0)
      expect(weight).toBeLessThanOrEqual(weightTotal)
      expect(weightTotal).toBeGreaterThanOrEqual(100)
      expect(Number.isSafeInteger(weightTotal)).toBe(true)
      const ids: readonly string[] = findings.map(finding => finding.id)
      expect(state === 'dead').toBe(ids.some(id => Object.hasOwn(deadTexts, id)))
      for (const id of ids) expect(findingIds).toContain(id)
    }),
  )
})
