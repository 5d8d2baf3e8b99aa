import { describe, expect, test } from 'vitest'
import { decide } from '@/lib/domain/decide'
import { decisionView, requestOf } from '@/lib/domain/decision-view'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { Abilities } from '@/lib/domain/model/routing'
import { routingOf } from '@/lib/domain/routing'
import { isDecidedBy, ladderRungOf, trialLines } from '@/lib/domain/trial'
import { matches } from '@/sandbox/gateway/regex'
import { ingress } from '@/tests/fixtures/ingresses'

type Annotations = Record<string, string>
const path = (service: string) => ({ path: '/', service, pathType: 'Prefix' })
const main = (annotations: Annotations = {}) =>
  ingress('main', { host: 'h.test', paths: [path('app')], annotations, created: 10 })
const canary = (annotations: Annotations = {}) =>
  ingress('next', {
    host: 'h.test',
    paths: [path('app-2')],
    annotations: { canary: 'true', ...annotations },
    created: 20,
  })
/** A canary path without a partner takes its Service away from everybody. */
const lone = () => [
  ingress('other', { host: 'o.test', paths: [path('other')], created: 5 }),
  ingress('lone', {
    host: 'o.test',
    paths: [{ path: '/nowhere', service: 'app-2', pathType: 'Exact' }],
    annotations: { canary: 'true' },
    created: 30,
  }),
]

type Asked = { headers?: Annotations; cookies?: Annotations; host?: string; able?: Partial<Abilities> }

function viewOf(ingresses: Ingress[], { able = {}, host = 'h.test', ...marks }: Asked = {}) {
  const abilities: Abilities = { matches, draw: null, ready: () => true, ...able }
  const routing = routingOf(ingresses, { annotationValidation: true })
  const view = decisionView(decide(routing, requestOf({ host, path: '/', ...marks }), abilities))
  if (!view.ok) throw new Error(view.problem.title)
  return view.value
}

const told = (ingresses: Ingress[], asked?: Asked) =>
  trialLines(viewOf(ingresses, asked)).map(({ word, state }) => `${word} ${state}`)
const last = (ingresses: Ingress[], asked?: Asked) =>
  told(ingresses, asked).find(line => line.endsWith(' decides') || line.endsWith('would-decide'))

const header = { 'canary-by-header': 'role' }
const cookie = { 'canary-by-cookie': 'vip' }
const pattern = { ...header, 'canary-by-header-pattern': '^a' }
const sticky = { affinity: 'cookie', 'session-cookie-name': 'stay' }
const without = (...services: string[]): Asked => ({
  able: { ready: (_namespace, { service }) => !services.includes(service) },
})
const unread = (name: string): Asked => ({
  able: { ready: (_namespace, { service }) => (service === name ? 'unknown' : true) },
})

describe('every rung is told, in order, with the one that decides', () => {
  test('a request without marks comes down to the weight', () => {
    expect(told([main(), canary({ ...header, ...cookie, 'canary-weight': '20' })])).toEqual([
      'location-found passed',
      'endpoints-ready passed',
      'affinity-none passed',
      'alternative-ready passed',
      'header-absent passed',
      'cookie-absent passed',
      'weight-split decides',
    ])
  })

  test('what is below the rung that decides is not reached', () => {
    expect(
      told([main(), canary({ ...header, ...cookie })], { headers: { role: 'always' } }).slice(-3),
    ).toEqual(['header-always decides', 'not-reached not-reached', 'not-reached not-reached'])
  })

  test.each<[string, Ingress[], Asked, string]>([
    ['no route', [main()], { host: 'x.test' }, 'location-nowhere decides'],
    [
      'a route that cannot be judged',
      [
        ingress('p', {
          host: 'h.test',
          paths: [{ path: '/(?=x)', service: 'a', pathType: 'ImplementationSpecific' }],
          annotations: { 'use-regex': 'true' },
          created: 1,
        }),
      ],
      { able: { matches: () => 'unknown' } },
      'location-unknown decides',
    ],
    ['stable empty', [main(), canary()], without('app'), 'endpoints-none decides'],
    [
      'stable cannot be read',
      [main(), canary({ 'canary-weight': '100' })],
      unread('app'),
      'endpoints-unknown decides',
    ],
    ['canary empty', [main(), canary()], without('app-2'), 'alternative-empty decides'],
    ['canary taken away', [main(), canary(), ...lone()], {}, 'alternative-removed decides'],
    [
      'canary cannot be read',
      [main(), canary({ 'canary-weight': '100' })],
      unread('app-2'),
      'alternative-unknown decides',
    ],
    ['no canary', [main()], {}, 'alternative-none decides'],
    ['header always', [main(), canary(header)], { headers: { role: 'always' } }, 'header-always decides'],
    ['header never', [main(), canary(header)], { headers: { role: 'never' } }, 'header-never decides'],
    [
      'header equal',
      [main(), canary({ ...header, 'canary-by-header-value': 'qa' })],
      { headers: { role: 'qa' } },
      'header-equal decides',
    ],
    ['header matches', [main(), canary(pattern)], { headers: { role: 'abc' } }, 'header-match decides'],
    [
      'a pattern that does not compile',
      [main(), canary({ ...header, 'canary-by-header-pattern': '(' })],
      { headers: { role: 'x' } },
      'header-broken decides',
    ],
    [
      'a pattern that cannot be judged',
      [main(), canary(pattern)],
      { headers: { role: 'x' }, able: { matches: () => 'unknown' } },
      'header-unknown decides',
    ],
    ['cookie always', [main(), canary(cookie)], { cookies: { vip: 'always' } }, 'cookie-always decides'],
    ['cookie never', [main(), canary(cookie)], { cookies: { vip: 'never' } }, 'cookie-never decides'],
    [
      'a cookie without a name',
      [main(), canary()],
      { headers: { cookie: '=always' } },
      'cookie-nameless-always decides',
    ],
    ['and its never', [main(), canary()], { headers: { cookie: '=never' } }, 'cookie-nameless-never decides'],
    ['weight 0', [main(), canary()], {}, 'weight-none decides'],
    ['weight 100', [main(), canary({ 'canary-weight': '100' })], {}, 'weight-all decides'],
    [
      'a draw',
      [main(), canary({ 'canary-weight': '20' })],
      { able: { draw: () => 7 } },
      'weight-drawn decides',
    ],
    [
      'held to stable',
      [main(sticky), canary()],
      { cookies: { stay: 'node|shop-app-80' } },
      'affinity-stable decides',
    ],
    [
      'held to the canary',
      [main(sticky), canary()],
      { cookies: { stay: 'node|shop-app-2-80' } },
      'affinity-canary decides',
    ],
  ])('%s', (_case, ingresses, asked, expected) => expect(last(ingresses, asked)).toBe(expected))

  test.each<[string, Ingress[], Asked, string]>([
    [
      'another value',
      [main(), canary({ ...header, 'canary-by-header-value': 'qa' })],
      { headers: { role: 'x' } },
      'header-different passed',
    ],
    ['neither always nor never', [main(), canary(header)], { headers: { role: 'x' } }, 'header-other passed'],
    ['no match', [main(), canary(pattern)], { headers: { role: 'x' } }, 'header-no-match passed'],
    ['no header rule', [main(), canary(cookie)], {}, 'header-no-rule passed'],
    ['no cookie rule', [main(), canary(header)], {}, 'cookie-no-rule passed'],
    ['another cookie', [main(), canary(cookie)], { cookies: { vip: 'x' } }, 'cookie-other passed'],
    [
      'a cookie that holds nobody',
      [main(sticky), canary()],
      { cookies: { stay: 'x' } },
      'affinity-not-held passed',
    ],
    [
      'a stand-in for stable',
      [main({ 'default-backend': 'spare' }), canary()],
      without('app'),
      'endpoints-instead passed',
    ],
  ])('%s goes on', (_case, ingresses, asked, expected) => expect(told(ingresses, asked)).toContain(expected))

  test('stable taken away by a canary without a partner', () => {
    const params = { service: 'app', port: '80', ready: false, removed: true, instead: null }
    const steps = [{ rung: 'endpoints', decided: true, params }]
    const lines = trialLines({ ...viewOf([main()]), to: '503', because: 'endpoints', steps })
    expect(lines[0]).toMatchObject({ word: 'endpoints-removed', state: 'decides' })
  })

  test('what would be decided under something unknown is not told as decided', () => {
    const lines = told([main(), canary(header)], { headers: { role: 'always' }, ...unread('app-2') })
    expect(lines).toContain('alternative-unknown decides')
    expect(lines).toContain('header-always would-decide')
  })
})

describe('the ladder of a release marks what its own rules decide', () => {
  const release = { id: { cluster: 'c', namespace: 'shop', name: 'next' } }
  test.each<[string, Ingress[], Asked, string | null]>([
    ['header', [main(), canary(header)], { headers: { role: 'always' } }, 'header'],
    ['cookie', [main(), canary(cookie)], { cookies: { vip: 'never' } }, 'cookie'],
    ['a split', [main(), canary({ 'canary-weight': '20' })], {}, 'weight'],
    ['all to the canary', [main(), canary({ 'canary-weight': '100' })], {}, 'weight'],
    ['nobody is everything else', [main(), canary()], {}, 'rest'],
    ['an empty canary is everything else', [main(), canary()], without('app-2'), 'rest'],
    ['affinity', [main(sticky), canary()], { cookies: { stay: 'n|shop-app-80' } }, 'affinity'],
    ['nothing where stable is empty', [main(), canary()], without('app'), null],
    ['nothing where it is unknown', [main(), canary({ 'canary-weight': '100' })], unread('app'), null],
    ['nothing where no canary acts', [main()], {}, null],
  ])('%s', (_case, ingresses, asked, rung) =>
    expect(ladderRungOf(viewOf(ingresses, asked), release)).toBe(rung),
  )

  test('another release’s decision is none of this ladder', () => {
    const view = viewOf([main(), canary(header)], { headers: { role: 'always' } })
    const elsewhere = { id: { ...release.id, namespace: 'other' } }
    expect([isDecidedBy(view, release), isDecidedBy(view, elsewhere)]).toEqual([true, false])
    expect(ladderRungOf(view, elsewhere)).toBeNull()
  })
})
