import { describe, expect, test } from 'vitest'
import { findingsOf, idsOf, type Plot, path } from '@/tests/domain/lint/scene'

const weight = { 'canary-weight': '20' }
const STICKY = { annotations: { affinity: 'cookie', 'session-cookie-name': 'pin' } }
const stopgap = { annotations: { 'default-backend': 'errors' } }
const parked = { 'canary-weight': '0' }
const header = (more: Record<string, string> = {}) => ({ 'canary-by-header': 'role', ...more })
const on = (more: Record<string, string>, base: Record<string, string> = weight): Plot => ({
  rules: { ...base, ...more },
})

/** Each row: what is wrong, and the nearest thing that is not. */
const ROWS: [id: string, what: string, wrong: Plot, right: Plot][] = [
  [
    'L03',
    'a default backend that acts',
    { canary: { defaultBackend: 'app-v2', host: '', paths: [] }, main: { host: '' } },
    { main: { defaultBackend: 'app-v1' } },
  ],
  [
    'L06',
    'the stable Service answers a second path',
    { main: { paths: [path('/a', 'app-v1'), path('/b', 'app-v1')] } },
    {
      main: { paths: [path('/a', 'app-v1'), path('/b', 'app-v1')] },
      canary: { paths: [path('/a', 'app-v2'), path('/b', 'app-v2')] },
    },
  ],
  [
    'L06',
    'the stable Service answers on another host',
    { others: [{ host: 'b.test', paths: [path('/', 'app-v1')] }] },
    { others: [{ host: 'b.test', paths: [path('/', 'app-v9')] }] },
  ],
  [
    'L09',
    'the canary is older than its ordinary Ingress',
    { canary: { createdAt: '2025-12-31T23:59:59Z' } },
    { canary: { createdAt: '2026-01-01T00:00:01Z' } },
  ],
  [
    'L09',
    'of one second the greater name counts as the older',
    { canary: { createdAt: '2026-01-01T00:00:00Z' } },
    { canary: { createdAt: '2026-01-01T00:00:00Z', name: 'a-canary' } },
  ],
  ['L11', 'a weight with a percent sign', on({ 'canary-weight': '20%' }), on({ 'canary-weight': '+20' })],
  ['L11', 'an empty total', on({ 'canary-weight-total': '' }), on({ 'canary-weight-total': '1000' })],
  ['L12', 'a total of 50', on({ 'canary-weight-total': '50' }), on({ 'canary-weight-total': '100' })],
  ['L13', 'a weight above its total', on({ 'canary-weight': '101' }), on({ 'canary-weight': '100' })],
  [
    'L13',
    'a weight below nothing',
    on({ 'canary-weight': '-1' }),
    on({ 'canary-weight': '101', 'canary-weight-total': '1000' }),
  ],
  [
    'L16',
    'a value with an @',
    on(header({ 'canary-by-header-value': 'ann@shop' })),
    on(header({ 'canary-by-header-value': 'ann.shop' })),
  ],
  [
    'L16',
    'a pattern with a blank',
    on(header({ 'canary-by-header-pattern': 'a b' })),
    on(header({ 'canary-by-header-pattern': 'a\\sb' })),
  ],
  ['L16', 'a cookie with a semicolon', on({ 'canary-by-cookie': 'a;b' }), on({ 'canary-by-cookie': 'a.b' })],
  [
    'L17',
    'a pattern that does not compile',
    on(header({ 'canary-by-header-pattern': '(' })),
    on(header({ 'canary-by-header-pattern': '()' })),
  ],
  [
    'L17',
    'only where the pattern is tried',
    on(header({ 'canary-by-header-pattern': '(' })),
    on(header({ 'canary-by-header-pattern': '(', 'canary-by-header-value': 'x' })),
  ],
  [
    'L17',
    'what PCRE may accept is not called broken',
    on(header({ 'canary-by-header-pattern': '[' })),
    on(header({ 'canary-by-header-pattern': '(?=x)' })),
  ],
  [
    'L18',
    'value and pattern',
    on(header({ 'canary-by-header-value': 'x', 'canary-by-header-pattern': 'y' })),
    on(header({ 'canary-by-header-pattern': 'y' })),
  ],
  [
    'L18',
    'not where the value is refused, so that the pattern is tried',
    on(header({ 'canary-by-header-value': 'x', 'canary-by-header-pattern': 'y' })),
    on(header({ 'canary-by-header-value': 'x@', 'canary-by-header-pattern': 'y' })),
  ],
  [
    'L19',
    'a value without a header',
    on({ 'canary-by-header-value': 'x' }),
    on(header({ 'canary-by-header-value': 'x' })),
  ],
  [
    'L19',
    'a pattern without a header',
    on({ 'canary-by-header-pattern': 'x' }),
    on({ 'canary-by-header-pattern': '' }),
  ],
  ['L20', 'an underscore', on({ 'canary-by-header': 'x_role' }), on({ 'canary-by-header': 'x-role' })],
  ['L20', 'a blank inside', on({ 'canary-by-header': 'x role' }), on({ 'canary-by-header': ' X-Role9 ' })],
  ['L21', 'nothing written', { rules: {} }, { rules: parked }],
  [
    'L21',
    'only a total',
    { rules: { 'canary-weight-total': '1000' } },
    { rules: { 'canary-by-cookie': 'vip' } },
  ],
  [
    'L22',
    'a cookie with its value',
    on({ 'canary-by-cookie': 'user=vip' }),
    on({ 'canary-by-cookie': 'user' }),
  ],
  [
    'L22',
    'a pattern on the header Cookie',
    on({ 'canary-by-header': 'Cookie', 'canary-by-header-pattern': 'user=vip' }),
    on(header({ 'canary-by-header-pattern': 'user=vip' })),
  ],
  [
    'L23',
    'values with a comma',
    on(header({ 'canary-by-header-value': 'ann,bob' })),
    on(header({ 'canary-by-header-pattern': '^(ann|bob)$' })),
  ],
  [
    'L23',
    'values with a bar',
    on(header({ 'canary-by-header-value': 'ann||bob' })),
    on(header({ 'canary-by-header-value': 'ann' })),
  ],
  [
    'L24',
    'the ordinary Ingress pins users',
    { main: STICKY },
    { canary: { annotations: { canary: 'true', ...weight, ...STICKY.annotations } } },
  ],
  [
    'L25',
    'legacy beside a weight',
    { main: STICKY, rules: { ...weight, 'affinity-canary-behavior': 'legacy' } },
    { main: STICKY, rules: { ...parked, 'affinity-canary-behavior': 'legacy' } },
  ],
  [
    'L25',
    'legacy beside pinning',
    { main: STICKY, rules: { ...weight, 'affinity-canary-behavior': 'legacy' } },
    { rules: { ...weight, 'affinity-canary-behavior': 'legacy' } },
  ],
  ['L26', 'stable without endpoints', { empty: ['app-v1'] }, { empty: ['app-v1'], main: stopgap }],
  [
    'L26',
    'its stand-in without endpoints as well',
    { empty: ['app-v1'], main: { annotations: { 'default-backend': 'No-Service' } } },
    { empty: ['errors'], main: stopgap },
  ],
  [
    'L26',
    'not where endpoints cannot be read',
    { empty: ['app-v1'] },
    { empty: ['app-v1'], unreadable: ['shop/endpointslices'] },
  ],
  ['L27', 'a canary without endpoints', { empty: ['app-v2'] }, { empty: ['app-v2'], rules: parked }],
  [
    'L27',
    'by a rule alone',
    { empty: ['app-v2'], rules: header() },
    { empty: ['app-v2'], rules: header({ 'canary-by-header-pattern': '(' }) },
  ],
  [
    'L28',
    'a rewrite of its own',
    on({ 'rewrite-target': '/' }),
    on({ 'load-balance': 'ewma', 'upstream-hash-by': '$uri', 'service-upstream': 'true' }),
  ],
  [
    'L28',
    'a canary annotation that nobody reads',
    on({ 'canary-by-query': 'x' }),
    { main: { annotations: { 'rewrite-target': '/' } } },
  ],
  [
    'L29',
    'error pages of the ordinary Ingress',
    { main: { annotations: { 'custom-http-errors': '503', 'default-backend': 'errors' } } },
    { main: { annotations: { 'custom-http-errors': '503' } } },
  ],
  [
    'L30',
    'hashing by subset on the ordinary Ingress',
    { main: { annotations: { 'upstream-hash-by': '$uri', 'upstream-hash-by-subset': 'true' } } },
    { main: { annotations: { 'upstream-hash-by-subset': 'true' } } },
  ],
  [
    'L30',
    'hashing by subset on the canary',
    on({ 'upstream-hash-by': '$uri', 'upstream-hash-by-subset': '1' }),
    on({ 'upstream-hash-by': '$uri', 'upstream-hash-by-subset': 'false' }),
  ],
  [
    'L31',
    'hashing that the canary has not',
    { main: { annotations: { 'upstream-hash-by': '$uri' } } },
    {
      main: { annotations: { 'upstream-hash-by': '$uri' } },
      rules: { ...weight, 'upstream-hash-by': '$uri' },
    },
  ],
  [
    'L31',
    'load balancing that the canary has not',
    { main: { annotations: { 'load-balance': 'ewma' } } },
    on({ 'load-balance': 'ewma' }),
  ],
  ['L32', 'a canary in another namespace', { canary: { namespace: 'lab' } }, {}],
  [
    'L37',
    'Argo Rollouts keeps it',
    { canary: { owners: [{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'app' }] } },
    { canary: { owners: [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'app' }] } },
  ],
  [
    'L37',
    'Helm keeps it',
    { canary: { labels: { 'app.kubernetes.io/managed-by': 'Helm' } } },
    { canary: { labels: { 'app.kubernetes.io/managed-by': 'halftone' } } },
  ],
  [
    'L37',
    'Flux keeps it',
    { canary: { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' } } },
    { main: { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' } } },
  ],
  [
    'L37',
    'Argo CD keeps it, by its annotation',
    on({ 'argocd.argoproj.io/tracking-id': 'a:networking.k8s.io/Ingress:shop/x' }),
    on({ 'halftone.dev/stable': '{}' }),
  ],
  [
    'L38',
    'parked for longer than 14 days',
    { rules: parked, now: '2026-03-16T00:00:00Z' },
    { rules: parked, now: '2026-03-15T23:59:59Z' },
  ],
  [
    'L38',
    'not while anybody is sent there',
    { rules: parked, now: '2026-06-01T00:00:00Z' },
    { now: '2026-06-01T00:00:00Z' },
  ],
  [
    'L39',
    'client certificates asked for by the canary',
    on({ 'auth-tls-secret': 'shop/ca' }),
    { main: { annotations: { 'auth-tls-secret': 'shop/ca' } } },
  ],
  ['L39', 'a proxy certificate of the canary', on({ 'proxy-ssl-secret': 'shop/c' }), on({})],
  [
    'L41',
    'affinity wished for on the canary',
    on({ affinity: 'cookie' }),
    on({ affinity: 'cookie' }, { 'canary-weight': '100' }),
  ],
  [
    'L41',
    'hashing beside a weight',
    on({ 'upstream-hash-by': '$remote_addr' }),
    { rules: { ...header(), 'upstream-hash-by': '$remote_addr' } },
  ],
  [
    'L47',
    '/a and /a/ as Prefix',
    { others: [{ paths: [path('/a/', 'x')] }] },
    { others: [{ paths: [path('/a/', 'x', 'Exact')] }] },
  ],
  [
    'L47',
    'on whatever host',
    { others: [{ host: 'z.test', paths: [path('/p', 'x'), path('/p/', 'x')] }] },
    {
      others: [
        { host: 'z.test', paths: [path('/p', 'x'), path('/p/', 'x')], annotations: { 'use-regex': 'true' } },
      ],
    },
  ],
  [
    'L48',
    'a Service from before, beside pinning',
    { main: STICKY, serviceAt: '2026-02-27T23:00:00Z' },
    { main: STICKY, serviceAt: '2026-02-28T12:00:00Z' },
  ],
  [
    'L48',
    'only beside pinning',
    { main: STICKY, serviceAt: '2026-02-01T00:00:00Z' },
    { serviceAt: '2026-02-01T00:00:00Z' },
  ],
  [
    'L49',
    'the same image',
    { images: { stable: 'app:v2', canary: 'app:v2' } },
    { images: { stable: 'app:v1', canary: 'app:v2' } },
  ],
]

describe('a rule finds what is wrong, and not what is nearly so', () => {
  test.each(ROWS)('%s: %s', (id, _what, wrong, right) => {
    expect(idsOf(wrong)).toContain(id)
    expect(idsOf(right)).not.toContain(id)
    for (const { title, why, fix, where } of [...findingsOf(wrong), ...findingsOf(right)]) {
      for (const text of [title, why, fix]) expect(text).not.toMatch(/[{}–]|undefined|null/)
      expect(where).toMatch(/^[a-z-]+\/[a-z0-9-]+ \S/)
    }
  })
})

describe('a healthy release has no findings', () => {
  test.each<[string, Plot]>([
    ['parked', { rules: parked }],
    ['a cookie rule', { rules: { ...parked, 'canary-by-cookie': 'vip_user' } }],
    ['a header rule', { rules: { ...parked, ...header({ 'canary-by-header-value': 'test' }) } }],
    ['a pattern', { rules: { ...parked, ...header({ 'canary-by-header-pattern': '^(a|b)$' }) } }],
    ['half', { rules: { 'canary-weight': '50', 'canary-weight-total': '1000' } }],
    ['all', { rules: { 'canary-weight': '100' } }],
    ['rolled back', { rules: { ...parked } }],
  ])('%s', (_case, plot) => {
    expect(findingsOf(plot)).toEqual([])
  })
})

describe('how bad it is', () => {
  const severityOf = (plot: Plot, id: string) => findingsOf(plot).find(each => each.id === id)?.severity
  const twoPaths = { main: { paths: [path('/a', 'app-v1'), path('/b', 'app-v1')] } }
  test.each<[string, Plot, string, string]>([
    ['other paths that a parked canary would act on', { ...twoPaths, rules: parked }, 'L06', 'warning'],
    ['other paths that get the canary now', twoPaths, 'L06', 'error'],
    [
      'a tool that steers canaries by itself',
      ROWS.find(([, what]) => what === 'Argo Rollouts keeps it')?.[2] ?? {},
      'L37',
      'error',
    ],
    [
      'a tool that syncs a repository',
      { canary: { labels: { 'app.kubernetes.io/managed-by': 'Helm' } } },
      'L37',
      'warning',
    ],
  ])('%s', (_case, plot, id, severity) => {
    expect(severityOf(plot, id)).toBe(severity)
  })
})

test('the paths that get the canary too are named with their type, the first three of them', () => {
  const types = ['/a', '/b', '/c', '/d'].map(each => path(each, 'app-v1', 'Exact'))
  const [leak] = findingsOf({ main: { paths: [path('/a', 'app-v1'), ...types] } })
  expect(leak?.params).toMatchObject({
    targets: 'shop.test/a (Exact), shop.test/b (Exact), shop.test/c (Exact) … (4)',
    count: 4,
  })
})

describe('nothing is said twice, or of what nobody reads', () => {
  test('of an Ingress that the controller does not take for a canary only that is said', () => {
    expect(
      idsOf({ canary: { annotations: { canary: 'yes', 'canary-weight': '10%', 'rewrite-target': '/' } } }),
    ).toEqual(['L10'])
  })

  test('of a dead canary nothing is said about where its requests go', () => {
    const plot: Plot = {
      canary: { paths: [path('/nope', 'app-v2')] },
      empty: ['app-v1', 'app-v2'],
      main: STICKY,
    }
    expect(idsOf(plot)).toEqual(['L01'])
  })

  test('a long text is cut, and its half of a character with it', () => {
    const [finding] = findingsOf(
      on(header({ 'canary-by-header-value': `${'a'.repeat(119)}😀${'b'.repeat(99_999)}` })),
    )
    expect(finding?.params.written).toBe(`${'a'.repeat(119)}…`)
  })
})
