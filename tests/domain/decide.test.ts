import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { affinityText, stickyAimOf } from '@/lib/domain/affinity-cookie'
import { decide } from '@/lib/domain/decide'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { Abilities, IncomingRequest } from '@/lib/domain/model/routing'
import { routingOf } from '@/lib/domain/routing'
import { matches } from '@/sandbox/gateway/regex'
import { ingress } from '@/tests/fixtures/ingresses'

const abilities: Abilities = { matches, draw: null, ready: () => true }
const path = (path: string, service: string, pathType = 'Prefix') => ({ path, service, pathType })
const main = (annotations: Record<string, string> = {}) =>
  ingress('main', { host: 'h.test', paths: [path('/', 'app')], annotations, created: 10 })
const canary = (annotations: Record<string, string>) =>
  ingress('next', {
    host: 'h.test',
    paths: [path('/', 'app-2')],
    annotations: { canary: 'true', ...annotations },
    created: 20,
  })

const routing = (...ingresses: Ingress[]) => routingOf(ingresses, { annotationValidation: true })
const request = (
  headers: Record<string, string | string[]> = {},
  more: Partial<IncomingRequest> = {},
): IncomingRequest => ({
  host: 'h.test',
  path: '/',
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat()])),
  ...more,
})
const ask = (ingresses: Ingress[], asked: IncomingRequest, able: Partial<Abilities> = {}) =>
  decide(routing(...ingresses), asked, { ...abilities, ...able })

describe('every rung is told, up to the one that decides', () => {
  const rules = { 'canary-by-header': 'X-Canary', 'canary-by-cookie': 'ck', 'canary-weight': '25' }
  const rungs = (asked: IncomingRequest) =>
    ask([main(), canary(rules)], asked).steps.map(({ rung, decided, params }) => [
      rung,
      decided,
      params.said ?? null,
    ])

  test('down to the weight, which is a split until somebody draws', () => {
    expect(rungs(request({ 'x-canary': 'maybe' }))).toEqual([
      ['location', false, null],
      ['endpoints', false, null],
      ['alternative', false, null],
      ['header', false, 'other'],
      ['cookie', false, 'absent'],
      ['weight', true, null],
    ])
    expect(ask([main(), canary(rules)], request())).toMatchObject({
      to: 'split',
      canaryShare: 0.25,
      because: 'weight',
      backend: null,
      canary: { name: 'next' },
      location: { path: '/', ingress: { name: 'main' } },
    })
  })

  test('a header decides before cookie and weight are asked', () => {
    expect(rungs(request({ 'x-canary': 'never', cookie: 'ck=always' })).at(-1)).toEqual([
      'header',
      true,
      'never',
    ])
    expect(ask([main(), canary(rules)], request({ 'x-canary': 'always' }))).toMatchObject({
      to: 'canary',
      canaryShare: 1,
      because: 'header',
      backend: { namespace: 'shop', service: 'app-2', port: '80' },
    })
  })

  test('a draw decides by the weight', () => {
    const drawn = (number: number) => ask([main(), canary(rules)], request(), { draw: () => number })
    expect([drawn(25).to, drawn(26).to]).toEqual(['canary', 'stable'])
    expect(drawn(26).steps.at(-1)?.params).toEqual({ weight: 25, total: 100, drawn: 26 })
  })

  test('a pattern that cannot be modelled leaves the answer open', () => {
    const pattern = { 'canary-by-header': 'X-Canary', 'canary-by-header-pattern': '(?=a)' }
    const asked = ask([main(), canary(pattern)], request({ 'x-canary': 'a' }), { matches: () => 'unknown' })
    expect(asked).toMatchObject({ to: 'unknown', canaryShare: null, because: 'header', backend: null })
    expect(ask([main(), canary(pattern)], request(), { matches: () => 'unknown' }).to).toBe('stable')
  })
})

describe('a header rule reads what nginx leaves of the request', () => {
  const by = (header: string, more: Record<string, string> = {}) => [
    main(),
    canary({ 'canary-by-header': header, ...more }),
  ]
  test.each([
    ['dashes and underscores of the rule are one', by('X_Canary'), { 'x-canary': 'always' }, 'canary'],
    ['underscores of the request are dropped', by('X_Canary'), { x_canary: 'always' }, 'stable'],
    ['dots are dropped', by('X.Canary'), { 'x.canary': 'always' }, 'stable'],
    ['outer blanks do not count', by('X-Canary'), { 'x-canary': ' always ' }, 'canary'],
    ['a repeated header is joined', by('X-Canary'), { 'x-canary': ['always', 'always'] }, 'stable'],
    [
      'joined values can be matched',
      by('X-Canary', { 'canary-by-header-pattern': '^a.+b$' }),
      { 'x-canary': ['a', 'b'] },
      'canary',
    ],
    [
      'an empty header is present',
      by('X-Canary', { 'canary-by-header-pattern': '^$' }),
      { 'x-canary': '' },
      'canary',
    ],
    ['Host counts as a header', by('Host', { 'canary-by-header-value': 'h.test' }), {}, 'canary'],
    [
      'Cookie counts as a header',
      by('Cookie', { 'canary-by-header-pattern': 'uid=125' }),
      { cookie: ['a=b', 'uid=125'] },
      'canary',
    ],
    [
      'a name that JavaScript knows is none',
      by('constructor', { 'canary-by-header-pattern': '.' }),
      {},
      'stable',
    ],
    [
      'a broken pattern ends at stable, whatever the cookie says',
      by('X-Canary', { 'canary-by-header-pattern': '(', 'canary-by-cookie': 'ck' }),
      { 'x-canary': 'a', cookie: 'ck=always' },
      'stable',
    ],
    [
      'without the header a broken pattern harms nobody',
      by('X-Canary', { 'canary-by-header-pattern': '(', 'canary-by-cookie': 'ck' }),
      { cookie: 'ck=always' },
      'canary',
    ],
  ] as const)('%s', (_case, ingresses, headers, to) => {
    const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat()]))
    expect(ask([...ingresses], request(sent)).to).toBe(to)
  })
})

describe('endpoints', () => {
  const empty = (...services: string[]) => ({
    ready: (_namespace: string, backend: { service: string }) => !services.includes(backend.service),
  })
  test('without those of stable nothing is answered, whatever the rules say', () => {
    const asked = request({ 'x-canary': 'always' })
    const rules = canary({ 'canary-by-header': 'X-Canary', 'canary-weight': '100' })
    expect(ask([main(), rules], asked, empty('app'))).toMatchObject({
      to: '503',
      because: 'endpoints',
      backend: null,
    })
  })

  test('without those of the canary everything stays on stable', () => {
    expect(ask([main(), canary({ 'canary-weight': '100' })], request(), empty('app-2'))).toMatchObject({
      to: 'stable',
      because: 'alternative',
      backend: { service: 'app' },
    })
  })

  test('a Service named by default-backend stands in for stable, and the canary keeps its traffic', () => {
    const helped = [main({ 'default-backend': 'sorry' }), canary({ 'canary-by-header': 'X-Canary' })]
    expect(ask(helped, request(), empty('app')).backend).toEqual({
      namespace: 'shop',
      service: 'sorry',
      port: '',
    })
    expect(ask(helped, request({ 'x-canary': 'always' }), empty('app')).to).toBe('canary')
    expect(ask(helped, request(), empty('app', 'sorry')).to).toBe('503')
  })
})

describe('affinity comes before every rule', () => {
  const sticky = main({ affinity: 'cookie', 'session-cookie-name': 'aff' })
  const key = (side: 'app' | 'app-2') => `aff=${affinityText('node', `shop-${side}-80`)}`
  const rules = { 'canary-by-header': 'X-Canary', 'canary-weight': '100' }

  test.each([
    ['who is held by stable stays there', rules, key('app'), 'always', 'stable'],
    [
      'who is held by the canary stays there',
      { ...rules, 'canary-weight': '0' },
      key('app-2'),
      'never',
      'canary',
    ],
    ['a key of somebody else holds nobody', rules, 'aff=node|else', 'never', 'stable'],
    [
      'legacy releases those of the canary',
      { ...rules, 'affinity-canary-behavior': 'legacy' },
      key('app-2'),
      'never',
      'stable',
    ],
    [
      'legacy still keeps those of stable',
      { ...rules, 'affinity-canary-behavior': 'legacy' },
      key('app'),
      'always',
      'stable',
    ],
  ])('%s', (_case, annotations, cookie, header, to) => {
    expect(ask([sticky, canary(annotations)], request({ cookie, 'x-canary': header })).to).toBe(to)
  })

  test('who takes the canary gets its cookie, once', () => {
    const world = routing(sticky, canary(rules))
    const first = request()
    expect(stickyAimOf(world, decide(world, first, abilities), first)).toEqual({
      cookieName: 'aff',
      key: 'shop-app-2-80',
      node: null,
      setsCookie: true,
    })
    const again = request({ cookie: key('app-2') })
    expect(stickyAimOf(world, decide(world, again, abilities), again)?.node).toBe('node')
  })

  test('under legacy the canary sets none', () => {
    const world = routing(sticky, canary({ ...rules, 'affinity-canary-behavior': 'legacy' }))
    expect(stickyAimOf(world, decide(world, request(), abilities), request())).toBeNull()
  })
})

describe('a request lands where nginx lets it', () => {
  const shop = ingress('shop', {
    rules: [
      {
        host: 'h.test',
        paths: [path('/a', 'a'), path('/a/b', 'ab'), path('/a', 'exact', 'Exact'), path('/s/', 's')],
      },
      { host: '*.h.test', paths: [path('/', 'wild')] },
      { paths: [path('/x', 'any')] },
    ],
  })
  const named = ingress('named', {
    host: 'n.test',
    paths: [path('/', 'named')],
    annotations: { 'server-alias': 'alias.test,*.many.test' },
  })
  const patterns = ingress('patterns', {
    host: 'r.test',
    paths: [path('/v(1|2)/(.*)', 'pattern', 'ImplementationSpecific'), path('/plain', 'plain')],
    annotations: { 'use-regex': 'true' },
  })
  test.each([
    ['the longest path by whole elements', 'h.test', '/a/b/c', 'ab'],
    ['an element is not cut', 'h.test', '/a/bc', 'a'],
    ['an exact path wins', 'h.test', '/a', 'exact'],
    ['an exact path is exact', 'h.test', '/a/', 'a'],
    ['a path in other case is another', 'h.test', '/A', '404'],
    ['a decoded "?" is part of the path', 'h.test', '/a/b?c', 'a'],
    ['a path with a final slash takes the one without by redirect', 'h.test', '/s', 's'],
    ['no path, no answer', 'h.test', '/zzz', '404'],
    ['the host in any case, with a port', 'H.Test:8080', '/a/x', 'a'],
    ['a wildcard covers one label', 'q.h.test', '/', 'wild'],
    ['and not two', 'p.q.h.test', '/', '404'],
    ['an alias is the host', 'alias.test', '/x', 'named'],
    ['a wildcard alias covers many labels', 'p.q.many.test', '/x', 'named'],
    ['an unknown host gets the paths without host', 'else.test', '/x', 'any'],
    ['and only those', 'else.test', '/a', '404'],
    ['a pattern matches in any case from the start', 'r.test', '/V2/x', 'pattern'],
    ['beside patterns a plain path matches as one', 'r.test', '/plainly', 'plain'],
  ])('%s', (_case, host, target, service) => {
    const { backend, to } = ask([shop, named, patterns], request({}, { host, path: target }))
    expect(backend?.service ?? to).toBe(service)
  })
})

describe('laws', () => {
  const words = fc.constantFrom('always', 'never', 'other', null)
  const total = fc.integer({ min: -5, max: 2000 })
  const weight = fc.integer({ min: -5, max: 2500 })
  const marked = (header: string | null, cookie: string | null) =>
    request({ ...(header && { 'x-canary': header }), ...(cookie && { cookie: `ck=${cookie}` }) })
  const world = (weight: number, total: number) => [
    main(),
    canary({
      'canary-by-header': 'X-Canary',
      'canary-by-cookie': 'ck',
      'canary-weight': `${weight}`,
      'canary-weight-total': `${total}`,
    }),
  ]

  test('the header goes before the cookie, the cookie before the weight', () => {
    const wordOf = (word: string | null) => ({ always: 'canary', never: 'stable' })[word ?? '']
    fc.assert(
      fc.property(words, words, weight, total, (header, cookie, w, t) => {
        const { to, because } = ask(world(w, t), marked(header, cookie))
        const [expected, rung] = wordOf(header)
          ? [wordOf(header), 'header']
          : wordOf(cookie)
            ? [wordOf(cookie), 'cookie']
            : [to, 'weight']
        return to === expected && because === rung
      }),
    )
  })

  test('the share is weight by total, between none and all, and a total of at most 100 is 100', () => {
    fc.assert(
      fc.property(weight, total, (w, t) => {
        const { canaryShare } = ask(world(w, t), request())
        return canaryShare === Math.min(1, Math.max(0, w / Math.max(100, t)))
      }),
    )
  })

  test('of all draws exactly the share goes to the canary', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 120 }), w => {
        const draws = Array.from({ length: 100 }, (_, index) => index + 1)
        const hits = draws.filter(
          drawn => ask(world(w, 100), request(), { draw: () => drawn }).to === 'canary',
        )
        return hits.length === Math.min(100, w)
      }),
      { numRuns: 20 },
    )
  })

  test('nothing but a nameless cookie reaches a parked canary', () => {
    const name = fc.stringMatching(/^[a-z][a-z-]{0,8}$/)
    const headers = fc.dictionary(name, fc.constantFrom('always', 'never', 'x'), { maxKeys: 4 })
    const cookies = fc.array(fc.tuple(name, fc.constantFrom('always', 'never')), { maxLength: 3 })
    fc.assert(
      fc.property(headers, cookies, (sent, pairs) => {
        const cookie = pairs.map(([key, value]) => `${key}=${value}`).join('; ')
        return ask([main(), canary({})], request({ ...sent, ...(cookie && { cookie }) })).to === 'stable'
      }),
    )
    expect(ask([main(), canary({})], request({ cookie: '=always' })).to).toBe('canary')
  })
})

describe('endpoints that cannot be read are not missing', () => {
  const rules = { 'canary-by-header': 'X-Canary', 'canary-weight': '25' }
  const world = [main(), canary(rules)]
  const blind = { ready: () => 'unknown' as const }
  const canaryBlind: Partial<Abilities> = {
    ready: (_n, { service }) => (service === 'app-2' ? 'unknown' : true),
  }

  test.each([
    ['nothing is known: neither 503 nor stable', request(), blind, 'unknown', 'endpoints'],
    ['nothing is known: also not canary', request({ 'x-canary': 'always' }), blind, 'unknown', 'endpoints'],
    ['only the canary’s: a split is none without it', request(), canaryBlind, 'unknown', 'alternative'],
    [
      'only the canary’s: what goes there may end at stable',
      request({ 'x-canary': 'always' }),
      canaryBlind,
      'unknown',
      'alternative',
    ],
    [
      'only the canary’s: what stays at stable stays',
      request({ 'x-canary': 'never' }),
      canaryBlind,
      'stable',
      'header',
    ],
    ['no route: 404 whatever the endpoints', request({}, { host: 'x.test' }), blind, '404', 'location'],
  ] as const)('%s', (_case, asked, able, to, because) => {
    const decision = ask(world, asked, able)
    expect(decision).toMatchObject({ to, because })
    expect(decision.canaryShare).toBe(to === 'unknown' ? null : 0)
  })

  test('the steps go on and say what the rules would do', () => {
    const { steps } = ask(world, request({ 'x-canary': 'always' }), blind)
    expect(steps.map(({ rung, decided, params }) => [rung, decided, params.ready])).toEqual([
      ['location', false, undefined],
      ['endpoints', false, null],
      ['alternative', false, null],
      ['header', true, undefined],
    ])
  })
})
