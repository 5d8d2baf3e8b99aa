import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { claimsOf, type ReleaseFacts } from '@/lib/domain/claims'
import type { Release, Version } from '@/lib/domain/model/release'
import type { Lane, LaneSamples, Samples } from '@/lib/domain/model/samples'

const version = (name: string, ready = 3): Version => ({
  service: `service-${name}`,
  port: '80',
  deployments: [{ name, image: `nginx:${name}`, replicas: 3, ready, updated: 3 }],
  endpoints: { ready, total: 3 },
})

const route = {
  namespace: 'shop',
  ingress: 'nginx-ingress',
  host: '',
  path: '/user',
  pathType: 'Prefix',
  service: 'service-user-v1',
  port: '80',
  canaryService: 'service-user-v2',
  live: true,
}

const release = (more: Partial<Release> = {}): Release => ({
  id: { cluster: 'demo', namespace: 'shop', name: 'user-canary' },
  uid: 'u1',
  resourceVersion: '7',
  createdAt: '2026-01-01T00:00:00Z',
  className: 'nginx',
  routes: [route],
  state: 'shifting',
  owner: null,
  weight: 20,
  weightTotal: 100,
  rules: { header: null, cookie: null },
  affinity: 'none',
  stable: version('user-v1'),
  canary: version('user-v2'),
  findings: [],
  changedAt: '2026-01-02T00:00:00Z',
  changedBy: 'kubectl',
  ...more,
})

const none = { p50: null, p95: null }
const lane = (name: Lane, more: Partial<LaneSamples> = {}): LaneSamples => ({
  lane: name,
  mark: '',
  expected: 0.2,
  sent: 100,
  stable: 80,
  canary: 20,
  unknown: 0,
  errors: 0,
  share: 0.2,
  low: 0.1,
  high: 0.3,
  verdict: 'not-enough-yet',
  tolerance: 0.1,
  missing: 100,
  examples: [],
  latency: { stable: none, canary: none },
  ...more,
})

const samples = (lanes: LaneSamples[], more: Partial<Samples> = {}): Samples => ({
  since: '2026-01-02T00:00:00Z',
  written: '2026-01-02T00:00:00Z',
  due: '2026-01-02T00:00:05Z',
  inEffect: null,
  inEffectMissing: 12,
  replicas: [],
  reachable: null,
  state: 'sampling',
  target: 'http://127.0.0.1:8080/user',
  perSecond: 5,
  lanes,
  latency: { stable: none, canary: none },
  bucketMs: 1000,
  series: { everyone: [], header: [], cookie: [] },
  changes: [],
  answeredSoFar: 0,
  recent: [],
  ...more,
})

const say = (facts: Partial<ReleaseFacts> = {}) =>
  claimsOf({ release: release(), connection: 'live', samples: null, unreadable: [], ...facts })
const shareEvidence = (facts: Partial<ReleaseFacts>) =>
  say(facts).truth.flatMap(each => (each.id === 'share' ? [each.evidence] : []))[0]

const proven = { inEffect: '2026-01-02T00:00:20Z', inEffectMissing: 0 }
const asConfigured = lane('everyone', { verdict: 'as-configured' })

describe('how well founded the share is', () => {
  const nothingYet = lane('everyone', { sent: 0, stable: 0, canary: 0, share: null })
  test.each([
    ['no samples: written and no more', { samples: null }, 'written'],
    ['sampled but not due', { samples: samples([nothingYet]) }, 'written'],
    ['due and not yet told apart', { samples: samples([lane('everyone')]) }, 'due'],
    ['proven', { samples: samples([asConfigured], proven) }, 'in-effect'],
    [
      'proven on the whole, but not by each replica',
      {
        samples: samples([asConfigured], {
          ...proven,
          replicas: [
            { url: 'http://10.0.0.1', inEffect: proven.inEffect, missing: 0 },
            { url: 'http://10.0.0.2', inEffect: null, missing: 9 },
          ],
        }),
      },
      'due',
    ],
    [
      'the watch is stale, whatever samples say',
      { samples: samples([asConfigured], proven), connection: 'stale' },
      'stale',
    ],
    [
      'the cluster is unreachable',
      { samples: samples([asConfigured], proven), connection: 'unreachable' },
      'stale',
    ],
    [
      'answers say otherwise',
      { samples: samples([lane('everyone', { verdict: 'not-as-configured' })], proven) },
      'contradicted',
    ],
    [
      'samples of the weight before prove nothing of this one',
      { samples: samples([asConfigured], proven), release: release({ weight: 50 }) },
      'written',
    ],
    [
      'the gateway is down',
      { samples: samples([lane('everyone', { verdict: 'cannot-measure', why: 'gateway-unreachable' })]) },
      'due',
    ],
  ] as [string, Partial<ReleaseFacts>, string][])('%s', (_case, facts, evidence) => {
    expect(shareEvidence(facts)).toBe(evidence)
  })
})

describe('rules', () => {
  const rules = { header: null, cookie: 'vip_user' }
  const cookie = (more: Partial<LaneSamples> = {}) =>
    lane('cookie', { mark: 'vip_user=always', expected: 1, stable: 0, canary: 3, ...more })
  const evidence = (lanes: LaneSamples[], more: Partial<Release> = {}) =>
    say({ release: release({ rules, ...more }), samples: samples(lanes, proven) }).truth.flatMap(each =>
      each.id === 'rules' ? [each.evidence] : [],
    )[0]

  test.each([
    ['one answer of the canary to the mark shows it', [asConfigured, cookie()], 'in-effect'],
    ['none shows nothing', [asConfigured, cookie({ canary: 0 })], 'due'],
    ['without the lane nothing is known', [asConfigured], 'written'],
    ['a lane of another cookie proves nothing', [asConfigured, cookie({ mark: 'x=always' })], 'written'],
    [
      'a rule that does not pick up',
      [asConfigured, cookie({ verdict: 'not-as-configured' })],
      'contradicted',
    ],
  ])('%s', (_case, lanes, expected) => {
    expect(evidence(lanes)).toBe(expected)
  })

  test('samples that still know a rule that was taken away prove nothing', () => {
    const before = samples([asConfigured, cookie()], proven)
    expect(say({ samples: before }).change.evidence).toBe('written')
  })

  test('the lane of a rule taken away, expected as everyone, counts', () => {
    const now = samples([asConfigured, cookie({ expected: 0.2 })], proven)
    expect(say({ samples: now }).change.evidence).toBe('in-effect')
  })
})

describe('fault × state', () => {
  const brokenPattern = { id: 'L17', severity: 'error', where: '', params: {}, title: '', why: '' } as const
  const empty = (name: string) => version(name, 0)
  test.each([
    ['dead', { state: 'dead', routes: [{ ...route, live: false, why: 'L01' }] }, ['dead'], 'bad'],
    ['stable has no endpoints', { stable: empty('user-v1') }, ['stable-empty'], 'bad'],
    ['canary has no endpoints', { canary: empty('user-v2') }, ['canary-empty'], 'warn'],
    ['two routes', { routes: [route, route] }, ['share', 'wider'], 'quiet'],
    [
      'one of two routes dead',
      { routes: [route, { ...route, live: false, why: 'L02' }] },
      ['dead', 'share'],
      'warn',
    ],
    ['rules', { rules: { header: { name: 'role' }, cookie: 'vip' } }, ['share', 'rules'], 'quiet'],
    [
      'a pattern that does not compile lets nobody in',
      { rules: { header: { name: 'role', pattern: '(' }, cookie: null }, findings: [brokenPattern] },
      ['share'],
      'bad',
    ],
    ['parked', { state: 'parked', weight: 0 }, ['share'], 'quiet'],
  ] as [string, Partial<Release>, string[], string][])('%s', (_case, more, clauses, tone) => {
    const claims = say({ release: release(more) })
    expect(claims.truth.map(each => each.id)).toEqual(clauses)
    expect(claims.tone).toBe(tone)
  })

  test('a canary that is not ready needs attention only while it is used', () => {
    const canary = version('user-v2', 1)
    expect(say({ release: release({ canary }) }).attention).toEqual(['not-ready'])
    expect(say({ release: release({ canary, state: 'parked', weight: 0 }) }).attention).toEqual([])
  })

  test('work that stopped needs attention, work that runs or is done does not', () => {
    const attention = (work: 'running' | 'done' | 'failed') => say({ work }).attention
    expect([attention('failed'), attention('running'), attention('done')]).toEqual([
      ['failed-operation'],
      [],
      [],
    ])
    expect(say({ work: 'failed' }).tone).toBe('warn')
  })

  test('an error finding and a contradicted share need attention', () => {
    const finding = { id: 'L01', severity: 'error', where: '', params: {}, title: '', why: '' } as const
    const contradicted = samples([lane('everyone', { verdict: 'not-as-configured' })])
    const claims = say({ release: release({ findings: [finding] }), samples: contradicted })
    expect(claims.attention).toEqual(['finding', 'not-as-configured'])
    expect(claims.tone).toBe('bad')
  })

  test('a gateway that is down is no fault of the canary', () => {
    const down = samples([lane('everyone', { verdict: 'cannot-measure', why: 'gateway-unreachable' })])
    expect(say({ samples: down })).toMatchObject({ tone: 'warn', attention: [] })
  })

  test('the board goes by the last verdict, unless it is older than the last change', () => {
    const observed = {
      verdict: 'not-as-configured' as const,
      share: 0,
      missing: 0,
      at: '2026-01-02T00:01:00.5Z',
    }
    expect(say({ release: { ...release(), observed } }).attention).toEqual(['not-as-configured'])
    const changedAt = '2026-01-02T00:01:00Z'
    expect(say({ release: { ...release({ changedAt }), observed } }).attention).toEqual([])
  })
})

describe('whether a parked canary can be reached', () => {
  const everyone = lane('everyone', { expected: 0, canary: 0 })
  const reachable = { state: 'proven', at: '2026-01-02T00:00:09Z' } as const
  const parked = release({ state: 'parked', weight: 0 })
  test.each([
    ['an answer has proven it', { release: parked }, reachable],
    ['the watch is stale: not known now', { release: parked, connection: 'stale' }, null],
    ['it is not parked', { release: release({ state: 'shifting', weight: 0 }) }, null],
    ['samples of another weight', { release: release({ state: 'parked', weight: 5 }) }, null],
    ['nobody samples', { release: parked, samples: null }, null],
  ] as [string, Partial<ReleaseFacts>, Samples['reachable']][])('%s', (_case, facts, expected) => {
    expect(say({ samples: samples([everyone], { reachable }), ...facts }).reachable).toEqual(expected)
  })
})

describe('what cannot be read is not known, which is not none', () => {
  const nothing = (name: string): Version => ({
    ...version(name),
    deployments: [],
    endpoints: { ready: 0, total: 0 },
  })
  const partly = version('user-v2', 1)
  const none = { stable: nothing('user-v1'), canary: nothing('user-v2') }
  test.each([
    ['all can be read', [], none, ['stable-empty'], ['not-ready'], []],
    ['EndpointSlices cannot', ['endpointslices'], none, ['share'], [], ['endpoints']],
    ['EndpointSlices of its namespace cannot', ['shop/endpointslices'], none, ['share'], [], ['endpoints']],
    ['those of another namespace cannot', ['pay/endpointslices'], none, ['stable-empty'], ['not-ready'], []],
    ['Services cannot', ['services'], none, ['share'], [], ['endpoints', 'deployments', 'pods']],
    [
      'Deployments cannot: endpoints still tell',
      ['deployments'],
      none,
      ['stable-empty'],
      ['not-ready'],
      ['deployments'],
    ],
    [
      'Deployments once seen are not current',
      ['deployments'],
      { canary: partly },
      ['share'],
      [],
      ['deployments'],
    ],
    ['pods cannot: nothing is claimed of them', ['pods'], none, ['stable-empty'], ['not-ready'], ['pods']],
    ['Ingress classes cannot', ['ingressclasses'], none, ['stable-empty'], ['not-ready'], []],
  ] as [string, string[], Partial<Release>, string[], string[], string[]][])(
    '%s',
    (_case, unreadable, more, clauses, attention, unread) => {
      const claims = say({ release: release(more), unreadable })
      expect(claims.truth.map(each => each.id)).toEqual(clauses)
      expect(claims.attention).toEqual(attention)
      expect(claims.unread).toEqual(unread)
    },
  )

  test('stable in a namespace that cannot be read, canary in one that can', () => {
    const routes = [{ ...route, namespace: 'main' }]
    const claims = say({ release: release({ ...none, routes }), unreadable: ['main/services'] })
    expect(claims.truth.map(each => each.id)).toEqual(['share'])
  })

  test('no emptiness and no unreadiness is claimed without the kinds that would show it', () => {
    const kinds = ['services', 'endpointslices', 'deployments', 'pods', 'ingressclasses']
    const anyKind = fc.constantFrom(...kinds, ...kinds.map(kind => `shop/${kind}`))
    const side = fc.record({ ready: fc.nat(3), endpoints: fc.nat(3) })
    const facts = fc.record({
      unreadable: fc.subarray(kinds),
      more: fc.array(anyKind),
      stable: side,
      canary: side,
    })
    const of = (name: string, { ready, endpoints }: { ready: number; endpoints: number }) => ({
      ...version(name, ready),
      endpoints: { ready: endpoints, total: 3 },
    })
    fc.assert(
      fc.property(facts, ({ unreadable, more, stable, canary }) => {
        const all = [...unreadable, ...more]
        const isRead = (...needed: string[]) =>
          needed.every(kind => !all.includes(kind) && !all.includes(`shop/${kind}`))
        const sides = { stable: of('user-v1', stable), canary: of('user-v2', canary) }
        const claims = say({ release: release(sides), unreadable: all })
        const says = (id: string) => claims.truth.some(each => each.id === id)
        const knowsEndpoints = isRead('services', 'endpointslices')
        expect(says('stable-empty')).toBe(knowsEndpoints && stable.endpoints === 0)
        expect(says('canary-empty')).toBe(knowsEndpoints && stable.endpoints > 0 && canary.endpoints === 0)
        const lacks = (each: typeof stable) =>
          (knowsEndpoints && each.endpoints === 0) || (isRead('services', 'deployments') && each.ready < 3)
        expect(claims.attention.includes('not-ready')).toBe(lacks(stable) || lacks(canary))
      }),
    )
  })
})

test('nothing is in effect, as configured or live without its evidence', () => {
  const verdict = fc.constantFrom(
    'as-configured' as const,
    'not-as-configured' as const,
    'not-enough-yet' as const,
    'cannot-measure' as const,
  )
  const facts = fc.record({
    connection: fc.constantFrom('live' as const, 'stale' as const, 'unreachable' as const),
    weight: fc.constantFrom(0, 20, 50),
    expected: fc.constantFrom(0, 0.2, 0.5),
    verdict,
    cookieVerdict: verdict,
    hasProof: fc.boolean(),
    hasCookie: fc.boolean(),
    seen: fc.nat(2),
  })
  fc.assert(
    fc.property(facts, ({ connection, weight, expected, hasProof, hasCookie, seen, ...more }) => {
      const mark = 'vip=always'
      const lanes = [
        lane('everyone', { expected, verdict: more.verdict }),
        ...(hasCookie
          ? [lane('cookie', { mark, expected: 1, canary: seen, verdict: more.cookieVerdict })]
          : []),
      ]
      const rules = { header: null, cookie: hasCookie ? 'vip' : null }
      const claims = claimsOf({
        release: release({ weight, rules }),
        connection,
        samples: samples(lanes, { inEffect: hasProof ? '2026-01-02T00:00:20Z' : null }),
        unreadable: [],
      })
      const founded = connection === 'live' && expected === weight / 100 && hasProof
      const said = [
        claims.change.evidence,
        ...claims.truth.flatMap(each => ('evidence' in each ? [each.evidence] : [])),
      ]
      if (said.includes('in-effect')) expect(founded).toBe(true)
      for (const each of claims.truth)
        if (each.id === 'rules' && each.evidence === 'in-effect') expect(seen).toBeGreaterThan(0)
      for (const each of claims.lanes)
        if (each.verdict === 'as-configured')
          expect(lanes.find(({ lane: name }) => name === each.lane)?.verdict).toBe('as-configured')
      if (claims.tone === 'ok') expect(founded && more.verdict === 'as-configured').toBe(true)
      expect(claims.connection).toBe(connection)
    }),
    { numRuns: 500 },
  )
})
