import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { affinityText } from '@/lib/domain/affinity-cookie'
import { backendKey } from '@/lib/domain/backend'
import { decide } from '@/lib/domain/decide'
import { parseIngress } from '@/lib/domain/ingress'
import { mendableIds, mendingOf } from '@/lib/domain/lint/mend'
import type { IncomingRequest } from '@/lib/domain/model/routing'
import { releaseOf } from '@/lib/domain/release'
import { routingOf } from '@/lib/domain/routing'
import { matches } from '@/lib/server/pattern'
import { type CaseIngress, type CaseRequest, NAMESPACE, objectOf, portOf } from '@/scripts/cases/case'
import { worlds } from '@/tests/cluster/differential/arbitrary'
import type { WorldWish } from '@/tests/cluster/differential/ingress-arbitrary'
import { ingressesOf, standingsOf, type World } from '@/tests/cluster/differential/world'
import { patched } from '@/tests/domain/lint/json-patch'
import { findingsOf, type Plot, path, staged } from '@/tests/domain/lint/scene'

const weight = { 'canary-weight': '20' }
const parked = { 'canary-weight': '0' }
const ROUTE = { main: { paths: [path('/a', 'app-v1')] } }
const at = (key: string) => `/metadata/annotations/nginx.ingress.kubernetes.io~1${key}`
const replace = (key: string, from: string, to: string) => [
  { op: 'test', path: at(key), value: from },
  { op: 'replace', path: at(key), value: to },
]
const remove = (key: string, from: string) => [
  { op: 'test', path: at(key), value: from },
  { op: 'remove', path: at(key) },
]

function mended(plot: Plot, id: string) {
  const { canary, routing, release } = staged(plot)
  const finding = release.findings.find(each => each.id === id)
  return finding ? { patch: mendingOf(finding, canary, routing), flag: finding.canBeMended ?? false } : null
}

describe('a finding that is mended safely says so, and shows the patch', () => {
  const type = '/spec/rules/0/http/paths/0'
  test.each<[string, Plot, string, object[]]>([
    [
      'a bad weight becomes what is read',
      { rules: { 'canary-weight': '20%' } },
      'L11',
      replace('canary-weight', '20%', '0'),
    ],
    [
      'a bad total becomes what is read',
      { rules: { ...weight, 'canary-weight-total': '1e3' } },
      'L11',
      replace('canary-weight-total', '1e3', '100'),
    ],
    [
      'a small total goes',
      { rules: { ...weight, 'canary-weight-total': '50' } },
      'L12',
      remove('canary-weight-total', '50'),
    ],
    [
      'a weight above its total becomes the total',
      { rules: { 'canary-weight': '2000', 'canary-weight-total': '1000' } },
      'L13',
      [
        { op: 'test', path: at('canary-weight'), value: '2000' },
        { op: 'test', path: at('canary-weight-total'), value: '1000' },
        { op: 'replace', path: at('canary-weight'), value: '1000' },
      ],
    ],
    [
      'a total too large to be read as a number stays a text',
      { rules: { 'canary-weight': '9223372036854775807', 'canary-weight-total': '9007199254740993' } },
      'L13',
      [
        { op: 'test', path: at('canary-weight'), value: '9223372036854775807' },
        { op: 'test', path: at('canary-weight-total'), value: '9007199254740993' },
        { op: 'replace', path: at('canary-weight'), value: '9007199254740993' },
      ],
    ],
    [
      'a pattern beside a value goes',
      { rules: { 'canary-by-header': 'a', 'canary-by-header-value': 'x', 'canary-by-header-pattern': 'y' } },
      'L18',
      [
        { op: 'test', path: at('canary-by-header-pattern'), value: 'y' },
        { op: 'test', path: at('canary-by-header'), value: 'a' },
        { op: 'test', path: at('canary-by-header-value'), value: 'x' },
        { op: 'remove', path: at('canary-by-header-pattern') },
      ],
    ],
    [
      'a value without a header goes',
      { rules: { ...weight, 'canary-by-header-value': 'x' } },
      'L19',
      remove('canary-by-header-value', 'x'),
    ],
    [
      'an underscore becomes the dash it stands for',
      { rules: { 'canary-by-header': 'x_role' } },
      'L20',
      replace('canary-by-header', 'x_role', 'x-role'),
    ],
    [
      'what a parked canary carries for nothing goes',
      { rules: { ...parked, 'rewrite-target': '/' } },
      'L28',
      [
        { op: 'test', path: at('rewrite-target'), value: '/' },
        { op: 'test', path: at('canary-weight'), value: '0' },
        { op: 'remove', path: at('rewrite-target') },
      ],
    ],
    [
      'a parked canary gets the path type of its route',
      { ...ROUTE, rules: parked, canary: { paths: [path('/a', 'app-v2', 'Exact')] } },
      'L02',
      [
        { op: 'test', path: `${type}/path`, value: '/a' },
        { op: 'test', path: `${type}/pathType`, value: 'Exact' },
        { op: 'test', path: at('canary-weight'), value: '0' },
        { op: 'replace', path: `${type}/pathType`, value: 'Prefix' },
      ],
    ],
  ])('%s', (_case, plot, id, patch) => {
    expect(mended(plot, id)).toEqual({ patch, flag: true })
  })
})

describe('nothing is mended that could give anybody another version', () => {
  const exact = { canary: { paths: [path('/a', 'app-v2', 'Exact')] } }
  const rules = (annotations: Record<string, string>) => ({
    canary: { ...exact.canary, annotations: { canary: 'true', ...annotations } },
  })
  test.each<[string, Plot, string]>([
    ['a dead canary with a weight would begin to act', { ...ROUTE, ...rules(weight) }, 'L02'],
    ['one with a header rule as well', { ...ROUTE, ...rules({ ...parked, 'canary-by-header': 'a' }) }, 'L02'],
    [
      'one with a cookie rule that only a newer controller refuses',
      { ...ROUTE, ...rules({ ...parked, 'canary-by-cookie': 'a;b' }) },
      'L02',
    ],
    [
      'users may be pinned to an earlier canary of its Service',
      { ...rules(parked), main: { annotations: { affinity: 'cookie' } } },
      'L02',
    ],
    [
      'another canary acts on the route',
      { ...rules(parked), others: [{ annotations: { canary: 'true' }, paths: [path('/a', 'x')] }] },
      'L02',
    ],
    [
      'another canary has its Service',
      { ...rules(parked), others: [{ annotations: { canary: 'true' }, paths: [path('/b', 'app-v2')] }] },
      'L02',
    ],
    [
      'settings whose absence may bring a canary to life',
      { rules: { ...weight, 'configuration-snippet': 'x' } },
      'L28',
    ],
    ['a sign without a meaning in a header’s name', { rules: { 'canary-by-header': 'x.role' } }, 'L20'],
    ['what only newer controllers refuse', { rules: { 'canary-by-cookie': 'a;b' } }, 'L16'],
    [
      'an Ingress that another controller keeps',
      {
        rules: { 'canary-weight': 'x' },
        canary: {
          annotations: { canary: 'true', 'canary-weight': 'x' },
          owners: [{ apiVersion: 'flagger.app/v1beta1', kind: 'Canary', name: 'c' }],
        },
      },
      'L11',
    ],
  ])('%s', (_case, plot, id) => {
    expect(mended(plot, id)).toEqual({ patch: null, flag: false })
  })

  test('a finding that is not there any more has no mending', () => {
    const [finding] = findingsOf({ rules: { 'canary-weight': 'x' } })
    const { canary, routing } = staged({})
    expect(finding && mendingOf(finding, canary, routing)).toBeNull()
  })
})

const nobody = { service: () => undefined, slices: () => [], deployments: () => [], pods: () => [] }

function incoming({ host, path: asked, headers, affinityCookie }: CaseRequest): IncomingRequest {
  const lines = Object.entries(headers ?? {}).map(
    ([name, value]) => [name.toLowerCase(), [value].flat()] as const,
  )
  const sent: Record<string, string[]> = Object.fromEntries(lines)
  if (affinityCookie) {
    const { name, namespace = NAMESPACE, service } = affinityCookie
    const held = `${name}=${affinityText('node', backendKey(namespace, portOf(service)))}`
    sent.cookie = [[...(sent.cookie ?? []), held].join('; ')]
  }
  return { host, path: asked, headers: sent }
}

const RUNS = 150

type Objects = readonly { metadata: { annotations?: Record<string, string> } }[]
const objectsOf = (world: World): Objects =>
  ingressesOf(world).map(one => objectOf(one, 'main') as Objects[number])

/** Who answers each request of a world, as far as the controller decides it. A cookie without a name finds any canary. */
function answers(objects: readonly unknown[], world: World, annotationValidation: boolean) {
  const routing = routingOf(objects.map(parseIngress), { annotationValidation })
  const standing = new Map(standingsOf(world).map(each => [`${each.namespace}/${each.service}`, each.state]))
  const ready = (namespace: string, { service }: { service: string }) =>
    standing.get(`${namespace}/${service}`) === 'ready'
  return world.requests
    .filter(({ headers }) => !/(^|[;,])\s*=/.test(String(headers?.Cookie ?? '')))
    .map(request => {
      const { to, backend } = decide(routing, incoming(request), { matches, draw: () => 1, ready })
      return `${request.host}${request.path} ${JSON.stringify(request.headers)} ${to} ${backend?.service ?? ''}`
    })
}

const other = (pathType: string | null | undefined) => (pathType === 'Exact' ? 'Prefix' : 'Exact')
const rulesOf = (one: CaseIngress) =>
  Object.entries(one.annotations ?? {}).filter(([key]) => !/^canary-(by|weight$)/.test(key))

/** Worlds in which many a canary has another path type than its route, or has no rule and no weight. */
const oftenDead = (wish: WorldWish) =>
  fc
    .tuple(
      worlds(wish),
      fc.array(fc.record({ flips: fc.boolean(), parks: fc.boolean(), carries: fc.boolean() }), {
        minLength: 3,
        maxLength: 3,
      }),
    )
    .map(
      ([world, wishes]): World => ({
        ...world,
        canaries: world.canaries.map((one, at) => ({
          ...one,
          annotations: {
            ...(wishes[at]?.parks ? Object.fromEntries(rulesOf(one)) : one.annotations),
            ...(wishes[at]?.carries && { 'configuration-snippet': 'x' }),
          },
          ...(wishes[at]?.flips && {
            paths: (one.paths ?? []).map(each => ({ ...each, pathType: other(each.pathType) })),
          }),
        })),
      }),
    )

describe.each([{ catchAll: false }, { catchAll: true }])('whatever the Ingresses ($catchAll)', wish => {
  const seen = new Map<string, number>()
  test('a mending gives nobody another version, and its finding is gone', () => {
    fc.assert(
      fc.property(oftenDead(wish), world => {
        const objects = objectsOf(world)
        const ingresses = objects.map(parseIngress)
        const routing = routingOf(ingresses, { annotationValidation: true })
        for (const [at, canary] of ingresses.entries()) {
          const facts = { cluster: 'c', routing, workloads: nobody, matches }
          for (const finding of releaseOf(canary, facts).findings.filter(each => each.canBeMended)) {
            seen.set(finding.id, (seen.get(finding.id) ?? 0) + 1)
            const patch = mendingOf(finding, canary, routing)
            const after = objects.map((object, index) =>
              index === at ? patched(object, patch ?? []) : object,
            )
            expect(patch?.[0]?.op).toBe('test')
            expect(after).not.toContain(null)
            for (const validation of [true, false]) {
              expect(answers(after, world, validation)).toEqual(answers(objects, world, validation))
            }
            if (finding.id === 'L28') {
              const without = objects.filter((_, index) => index !== at)
              expect(answers(after, world, true)).toEqual(answers(without, world, true))
            }
            const now = after.map(parseIngress)
            const mendedRouting = routingOf(now, { annotationValidation: true })
            const next = now[at] && releaseOf(now[at], { ...facts, routing: mendedRouting })
            const same = next?.findings.some(each => each.id === finding.id && each.where === finding.where)
            expect(same).toBe(false)
          }
        }
      }),
      { numRuns: RUNS, seed: 5 },
    )
    expect([...seen.keys()]).toEqual(expect.arrayContaining(['L02', 'L11', 'L19', 'L28']))
    for (const id of seen.keys()) expect(mendableIds).toContain(id)
  })
})
