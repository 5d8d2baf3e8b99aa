import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseIngress } from '@/lib/domain/ingress'
import type { Ingress } from '@/lib/domain/model/ingress'
import { routingOf } from '@/lib/domain/routing'
import { ingress } from '@/tests/fixtures/ingresses'

const CONTROLLER = { annotationValidation: true }
const on = { canary: 'true', 'canary-weight': '20' }
const path = (path: string, service: string, pathType = 'Prefix') => ({ path, service, pathType })

const main = ingress('main', { host: 'h.test', paths: [path('/', 'app')], created: 10 })
const canary = ingress('next', { host: 'h.test', paths: [path('/', 'app-2')], annotations: on, created: 20 })

const routing = (...ingresses: Ingress[]) => routingOf(ingresses, CONTROLLER)
const paths = (...ingresses: Ingress[]) =>
  routing(...ingresses).canaryPaths.map(({ canary: { name }, where, live, dead, partner }) => ({
    where: `${name} ${where}`,
    live,
    why: dead?.id ?? null,
    partner: partner?.ingress.name ?? null,
  }))
const whyOf = (...ingresses: Ingress[]) => paths(...ingresses).map(({ why }) => why)
const served = (...ingresses: Ingress[]) =>
  routing(...ingresses).ordinaryPaths.map(each => [
    each.ingress.name,
    each.path,
    each.served,
    each.canary?.name ?? null,
  ])

describe('a canary path acts where an ordinary path is equal', () => {
  test('it is live, and its partner names it', () => {
    expect(paths(main, canary)).toEqual([
      { where: 'next spec.rules[0].http.paths[0]', live: true, why: null, partner: 'main' },
    ])
    expect(served(main, canary)).toEqual([['main', '/', true, 'next']])
  })

  test.each([
    ['an empty path is the root', '', '/', '', true],
    ['ImplementationSpecific is Prefix', '/a', '/a', 'ImplementationSpecific', true],
    ['no type is Prefix', '/a', '/a', '', true],
    ['a final slash makes another path', '/a', '/a/', 'Prefix', false],
    ['a path below is another path', '/a', '/a/b', 'Prefix', false],
    ['letters differ by case', '/a', '/A', 'Prefix', false],
  ])('%s', (_case, ordinary, alternative, pathType, live) => {
    const stable = ingress('main', { host: 'h.test', paths: [path(ordinary, 'app')] })
    const next = ingress('next', {
      host: 'h.test',
      paths: [path(alternative, 'app-2', pathType)],
      annotations: on,
    })
    expect(paths(stable, next)[0]).toMatchObject(live ? { live, partner: 'main' } : { live, why: 'L01' })
  })

  test('another namespace is no obstacle', () => {
    const elsewhere = ingress('next', {
      ...{ namespace: 'other', host: 'h.test' },
      paths: [path('/', 'x')],
      annotations: on,
    })
    expect(paths(main, elsewhere)[0]).toMatchObject({ live: true, partner: 'main' })
  })

  test('it reaches every path of the stable Service, on whatever host', () => {
    const second = ingress('second', {
      host: 'b.test',
      paths: [path('/x', 'app'), path('/y', 'else')],
      created: 15,
    })
    const [reached] = routing(main, second, canary).canaryPaths
    expect(reached?.reaches.map(each => `${each.host}${each.path}`)).toEqual(['h.test/', 'b.test/x'])
    expect(served(main, second, canary)).toContainEqual(['second', '/x', true, 'next'])
  })

  test('the same Service by another port is another backend, and is not reached', () => {
    const named = ingress('named', { host: 'b.test', paths: [{ ...path('/x', 'app'), port: 'http' }] })
    expect(routing(main, named, canary).canaryPaths[0]?.reaches).toHaveLength(1)
  })
})

describe('a dead canary path says why', () => {
  const exact = ingress('main', { host: 'h.test', paths: [path('/', 'app', 'Exact')] })
  const wild = ingress('main', { host: '*.h.test', paths: [path('/', 'app')] })
  const below = ingress('next', { host: 'a.h.test', paths: [path('/', 'app-2')], annotations: on })
  const wildCanary = ingress('next', { host: '*.h.test', paths: [path('/', 'app-2')], annotations: on })
  const concrete = ingress('main', { host: 'a.h.test', paths: [path('/', 'app')] })
  const same = ingress('next', { host: 'h.test', paths: [path('/', 'app')], annotations: on, created: 20 })
  const older = ingress('next', { host: 'h.test', paths: [path('/', 'app')], annotations: on, created: 1 })
  const user = ingress('user', { host: 'u.test', paths: [path('/', 'app-2')], created: 5 })
  const late = ingress('main', { host: 'h.test', paths: [path('/', 'app')], created: 40 })
  const third = ingress('third', {
    host: 'h.test',
    paths: [path('/', 'app-3')],
    annotations: on,
    created: 30,
  })
  const sharing = ingress('third', {
    host: 'h.test',
    paths: [path('/b', 'app-2')],
    annotations: on,
    created: 30,
  })
  const withB = ingress('main', { host: 'h.test', paths: [path('/', 'app'), path('/b', 'b')], created: 10 })
  const whole = ingress('next', { annotations: on, defaultBackend: 'app-2', created: 20 })
  const noHttp = ingress('next', { annotations: on, host: 'h.test', paths: null })
  const misspelt = ingress('next', {
    host: 'h.test',
    paths: [path('/', 'app-2')],
    annotations: { canary: 'yes' },
  })
  const bucket = ingress('next', {
    host: 'h.test',
    paths: [{ path: '/', pathType: 'Prefix' }],
    annotations: on,
  })

  test.each([
    ['nobody serves the path', [canary], ['L01']],
    ['another path type serves it', [exact, canary], ['L02']],
    ['a default backend finds no path without a host', [main, whole], ['L03']],
    ['the Service is the stable one', [main, same], ['L04']],
    ['the Service is the stable one, which an older canary has taken away', [main, older], ['L04']],
    ['an older ordinary Ingress uses the Service', [main, user, canary], ['L05']],
    [
      'an older ordinary Ingress uses the Service, and the path is the canary’s own',
      [late, user, canary],
      ['L05'],
    ],
    ['an older canary comes first', [main, canary, third], [null, 'L07']],
    ['an older canary uses the same Service', [withB, canary, sharing], [null, 'L08']],
    ['the annotation is not true', [main, misspelt], ['L10']],
    ['a rule without http crashes the controller', [main, noHttp], ['L34']],
    ['the ordinary host is a wildcard', [wild, below], ['L36']],
    ['the canary host is a wildcard', [concrete, wildCanary], ['L36']],
    ['it leads to no Service', [main, bucket], ['L45']],
  ])('%s', (_case, ingresses, ids) => {
    expect(whyOf(...ingresses)).toEqual(ids)
    expect(whyOf(...[...ingresses].reverse())).toEqual(ids)
  })

  test('one path without a partner takes the Service from all, and says where', () => {
    const both = ingress('next', {
      host: 'h.test',
      paths: [path('/', 'app-2'), path('/lost', 'app-2')],
      annotations: on,
      created: 20,
    })
    expect(whyOf(main, both)).toEqual(['L01', 'L01'])
    const [first] = routing(main, both).canaryPaths
    expect(first?.dead?.params).toMatchObject({ cause: 'spec.rules[0].http.paths[1]', other: 'next' })
    expect(served(main, both)).toEqual([['main', '/', true, null]])
  })

  test('a path whose host nobody serves harms no other path', () => {
    const both = ingress('next', {
      rules: [
        { host: 'h.test', paths: [path('/', 'app-2')] },
        { host: 'unknown.test', paths: [path('/', 'app-2')] },
      ],
      annotations: on,
      created: 20,
    })
    expect(whyOf(main, both)).toEqual([null, 'L01'])
  })
})

describe('an ordinary path is not served', () => {
  test('where an older one has the same host, path and type', () => {
    const late = ingress('late', {
      host: 'h.test',
      paths: [path('/', 'else'), path('/', 'else', 'Exact')],
      created: 20,
    })
    expect(served(main, late)).toEqual([
      ['main', '/', true, null],
      ['late', '/', false, null],
      ['late', '/', true, null],
    ])
  })

  test('where an older canary has taken its Service', () => {
    const direct = ingress('direct', { host: 'd.test', paths: [path('/', 'app-2')], created: 30 })
    expect(served(main, canary, direct)).toContainEqual(['direct', '/', false, null])
  })

  test('of two made in the same second the greater name comes first', () => {
    const b = ingress('zz', { host: 'h.test', paths: [path('/', 'else')], created: 10 })
    expect(served(main, b)).toEqual([
      ['zz', '/', true, null],
      ['main', '/', false, null],
    ])
  })

  test('a canary switched off takes the path over where it is older', () => {
    const off = ingress('next', {
      host: 'h.test',
      paths: [path('/', 'app-2')],
      annotations: { canary: 'false' },
      created: 1,
    })
    expect(served(main, off)).toEqual([
      ['next', '/', true, null],
      ['main', '/', false, null],
    ])
  })

  test('a default backend serves the root of its hosts until a path does', () => {
    const fallback = ingress('main', { host: 'h.test', paths: [path('/a', 'app')], defaultBackend: 'def' })
    expect(served(fallback)).toEqual([
      ['main', '/a', true, null],
      ['main', '/', true, null],
    ])
  })
})

describe('laws', () => {
  const hosts = fc.constantFrom('', 'h.test', 'a.h.test', '*.h.test')
  const services = fc.constantFrom('app', 'app-2', 'app-3')
  const anyPath = fc.record({
    path: fc.constantFrom('', '/', '/a', '/a/b'),
    pathType: fc.constantFrom('Exact', 'Prefix', 'ImplementationSpecific'),
    service: services,
  })
  const rule = fc.record({
    host: hosts,
    paths: fc.oneof(
      { weight: 9, arbitrary: fc.array(anyPath, { maxLength: 3 }) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
  })
  const annotations = fc.constantFrom<Record<string, string>>(
    {},
    { canary: 'true' },
    { canary: 'true', 'canary-weight': '30' },
    { canary: 'false' },
    { affinity: 'cookie' },
    { 'rewrite-target': '/x' },
  )
  const world = fc
    .array(
      fc.record(
        {
          rules: fc.array(rule, { maxLength: 2 }),
          annotations,
          created: fc.nat(5),
          defaultBackend: services,
        },
        { requiredKeys: ['rules', 'annotations', 'created'] },
      ),
      { maxLength: 7 },
    )
    .map(specs => specs.map((spec, index) => ingress(`i${index}`, spec)))

  const summary = (ingresses: Ingress[]) => {
    const { ordinaryPaths, canaryPaths } = routing(...ingresses)
    return JSON.stringify([ordinaryPaths, canaryPaths])
  }

  test('the order in which the cluster lists Ingresses changes nothing', () => {
    const shuffled = world.chain(ingresses =>
      fc.tuple(fc.constant(ingresses), fc.shuffledSubarray(ingresses, { minLength: ingresses.length })),
    )
    fc.assert(
      fc.property(shuffled, ([one, other]) => summary(one) === summary(other)),
      { numRuns: 500 },
    )
  })

  test('a path is live exactly where nothing is said against it, and then it reaches something', () => {
    fc.assert(
      fc.property(world, ingresses =>
        routing(...ingresses).canaryPaths.every(
          ({ live, dead, reaches, partner }) =>
            live === (dead === null) && live === reaches.length > 0 && (!live || partner !== null),
        ),
      ),
      { numRuns: 1000 },
    )
  })

  test('the canary that acts on a path reaches it, unless canaries share a Service', () => {
    fc.assert(
      fc.property(world, ingresses => {
        const { ordinaryPaths, canaryPaths } = routing(...ingresses)
        if (canaryPaths.some(({ dead }) => dead?.id === 'L08')) return true
        return ordinaryPaths.every(
          ordinary =>
            ordinary.canary === null ||
            canaryPaths.some(each => each.canary === ordinary.canary && each.reaches.includes(ordinary)),
        )
      }),
      { numRuns: 1000 },
    )
  })

  test('no object, however odd, makes merging fail', () => {
    const odd = fc.record({
      metadata: fc.record({
        name: fc.string(),
        annotations: fc.constantFrom({}, { 'nginx.ingress.kubernetes.io/canary': 'true' }),
      }),
      spec: fc.record({ rules: fc.anything(), defaultBackend: fc.anything() }, { requiredKeys: [] }),
    })
    fc.assert(
      fc.property(fc.array(fc.oneof(odd, fc.anything()), { maxLength: 5 }), raws =>
        Array.isArray(routing(...raws.map(parseIngress)).canaryPaths),
      ),
    )
  })
})

describe('nginx refuses its configuration where two ordinary paths come to one location', () => {
  const one = (name: string, paths: ReturnType<typeof path>[], annotations = {}) =>
    ingress(name, { host: 'h.test', paths, annotations, created: name === 'a' ? 1 : 2 })
  const told = (...ingresses: Ingress[]) =>
    routing(...ingresses).duplicates.map(each => `${each.target} ${each.where} ${each.ingresses.join()}`)
  const slash = [path('/p', 'x'), path('/p/', 'y')]

  test.each<[string, Ingress[], string[]]>([
    ['/p and /p/ as Prefix', [one('a', slash)], ['h.test/p/ shop/a spec.rules[h.test/p/] shop/a']],
    [
      'of two Ingresses, whoever has which',
      [one('a', [path('/p/', 'y')]), one('b', [path('/p', 'x')])],
      ['h.test/p/ shop/b spec.rules[h.test/p/] shop/a,shop/b'],
    ],
    [
      'a Prefix beside two of the same path as Exact',
      [one('a', [path('/p', 'x'), path('/p', 'y', 'Exact')]), one('b', [path('/p', 'z', 'Exact')])],
      ['h.test/p shop/b spec.rules[h.test/p] shop/a,shop/b'],
    ],
    ['not Prefix beside Exact', [one('a', [path('/p', 'x'), path('/p', 'y', 'Exact')])], []],
    ['not /p/ as Exact', [one('a', [path('/p', 'x'), path('/p/', 'y', 'Exact')])], []],
    [
      'not the same path twice: the older has it',
      [one('a', [path('/p', 'x')]), one('b', [path('/p', 'y')])],
      [],
    ],
    ['not where paths are patterns', [one('a', slash, { 'rewrite-target': '/' })], []],
    ['not what a canary names', [one('a', [path('/p', 'x')]), one('b', [path('/p/', 'y')], on)], []],
  ])('%s', (_case, ingresses, expected) => {
    expect(told(...ingresses)).toEqual(expected)
  })
})
