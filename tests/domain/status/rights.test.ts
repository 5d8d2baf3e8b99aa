import { describe, expect, test } from 'vitest'
import type { AccessRule, ActionName, RightsStatus } from '@/lib/domain/model/status'
import { actionNames, alikeRights, lackingOf, parseRules } from '@/lib/domain/status/rights'
import { grantedRules } from '@/tests/fixtures/rbac'

const rule = (verbs: string, groups: string, resources: string, names = ''): AccessRule => ({
  verbs: verbs.split(' '),
  groups: groups.split(' '),
  resources: resources.split(' '),
  names: names === '' ? [] : names.split(' '),
})

const CORE: AccessRule = {
  verbs: ['list', 'watch'],
  groups: [''],
  resources: ['pods', 'services'],
  names: [],
}
const READER = [
  CORE,
  rule('list watch', 'apps', 'deployments'),
  rule('list watch', 'discovery.k8s.io', 'endpointslices'),
  rule('get list watch', 'networking.k8s.io', 'ingresses'),
]
const WEIGHT = rule('patch', 'networking.k8s.io', 'ingresses')

describe('what an identity cannot do', () => {
  test.each<[string, AccessRule[], string[], { action: string; names: string[] }[]]>([
    ['nothing is allowed', [], [...actionNames], []],
    ['everything is allowed', [rule('*', '*', '*')], [], []],
    ['only reading', READER, ['weight', 'start', 'image', 'remove'], []],
    ['reading and weights', [...READER, WEIGHT], ['start', 'image', 'remove'], []],
    [
      'weights of one release',
      [...READER, rule('patch', 'networking.k8s.io', 'ingresses', 'user-canary')],
      ['start', 'image', 'remove'],
      [{ action: 'weight', names: ['user-canary'] }],
    ],
    [
      'an image of what may be patched on both sides',
      [
        ...READER,
        WEIGHT,
        rule('patch', 'apps', 'deployments', 'a b'),
        rule('get', 'apps', 'deployments', 'c'),
      ],
      ['start', 'remove'],
      [{ action: 'image', names: ['a', 'b'] }],
    ],
    [
      'names that do not meet are nothing',
      [
        ...READER,
        rule('get patch', 'networking.k8s.io', 'ingresses', 'x'),
        rule('patch', 'apps', 'deployments', 'y'),
      ],
      ['start', 'image', 'remove'],
      [{ action: 'weight', names: ['x'] }],
    ],
    [
      'a list of certain names is no list, and nothing is created by name',
      READER.map(each => ({ ...each, names: ['x'] })),
      [...actionNames],
      [],
    ],
    [
      'a subresource is not its resource',
      [...READER, rule('patch', 'networking.k8s.io', 'ingresses/status')],
      ['weight', 'start', 'image', 'remove'],
      [],
    ],
    [
      'another group of the same name does not count',
      [...READER, rule('patch', 'extensions', 'ingresses')],
      ['weight', 'start', 'image', 'remove'],
      [],
    ],
  ])('%s', (_case, rules, missing, limited) => {
    expect(lackingOf(rules)).toEqual({ missing, limited })
  })

  const granted = (without?: string): AccessRule[] =>
    grantedRules.map(({ verbs, apiGroups = [], resources = [] }) => ({
      verbs: [...verbs],
      groups: [...apiGroups],
      resources: resources.filter(each => each !== without),
      names: [],
    }))

  test('deploy/rbac.yaml lets Halftone do all it can do', () => {
    expect(lackingOf(granted())).toEqual({ missing: [], limited: [] })
  })

  test('every right in a namespace that it grants is one that some action lacks without it', () => {
    const singles = granted('ingressclasses').flatMap(({ verbs, groups, resources }) =>
      verbs.flatMap(verb => resources.map(each => rule(verb, groups.join(' '), each))),
    )
    const idle = singles.filter(one => lackingOf(singles.filter(each => each !== one)).missing.length === 0)
    expect(idle).toEqual([])
  })

  test.each(['statefulsets', 'poddisruptionbudgets', 'horizontalpodautoscalers'])(
    'who may not list %s cannot start a release: nobody could promise that its pods are nobody else’s',
    kind => {
      expect(lackingOf(granted(kind)).missing).toEqual(['start'])
    },
  )
})

test('the answer of a SelfSubjectRulesReview is read, and whether it is whole', () => {
  const status = {
    resourceRules: [
      { verbs: ['get'], apiGroups: [''], resources: ['pods'], resourceNames: ['a'] },
      { verbs: ['*'] },
    ],
    incomplete: true,
  }
  expect(parseRules({ status })).toEqual({
    rules: [
      { verbs: ['get'], groups: [''], resources: ['pods'], names: ['a'] },
      { verbs: ['*'], groups: [], resources: [], names: [] },
    ],
    isComplete: false,
  })
  expect(parseRules('nonsense')).toEqual({ rules: [], isComplete: false })
  expect(parseRules({ status: { incomplete: false } })).toEqual({ rules: [], isComplete: true })
})

test('namespaces with the same rights are told together, with the time of the oldest answer', () => {
  const right = (namespace: string, at: number, missing: ActionName[]): RightsStatus => ({
    namespace,
    askedAt: new Date(at).toISOString(),
    rules: [],
    missing,
    limited: [],
    isComplete: true,
    problem: null,
  })
  const told = alikeRights([right('a', 2, []), right('b', 3, ['start']), right('c', 1, [])])
  expect(told.map(({ namespaces, askedAt, missing }) => [namespaces, Date.parse(askedAt), missing])).toEqual([
    [['a', 'c'], 1, []],
    [['b'], 3, ['start']],
  ])
})
