import { describe, expect, test } from 'vitest'
import type { StartSources } from '@/lib/domain/model/start'
import { deployment, drafted, podOf, refused, service } from './cluster'

type Labels = Readonly<Record<string, string>>

const world = (
  pod: Labels,
  selects: Labels,
  more: Parameters<typeof deployment>[2] = {},
): Partial<StartSources> => ({
  deployments: [deployment('user-v1', pod, more)],
  services: [service('service-user-v1', selects)],
})

/** Pod labels, the Deployment's selector and the Service's selector of the draft. */
function labelsOf(from: Partial<StartSources>, suffix?: string) {
  const [clone, cloneService] = drafted({ suffix }, from).objects
  return [podOf(clone).labels, clone.spec, cloneService.spec].map((each, index) =>
    index === 0 ? each : (each as { selector: unknown }).selector,
  )
}

describe('every label that selects gets a new value, all others stay', () => {
  test.each([
    ['a version at its end', { app: 'user-v1' }, { app: 'user-v1' }, { app: 'user-v2' }],
    ['no version in it: the plain world', { app: 'user' }, { app: 'user' }, { app: 'user-v2' }],
    ['nothing but the version', { app: 'v1' }, { app: 'v1' }, { app: 'v2' }],
    [
      'a label for the version beside a name',
      { app: 'user', version: 'v1' },
      { app: 'user', version: 'v1' },
      { app: 'user-v2', version: 'v2' },
    ],
    [
      'a version that is no v1',
      { app: 'user', version: '1.4.2' },
      { app: 'user', version: '1.4.2' },
      { app: 'user-v2', version: 'v2' },
    ],
    [
      'a release of Helm',
      { 'app.kubernetes.io/name': 'user', 'app.kubernetes.io/instance': 'prod' },
      { 'app.kubernetes.io/name': 'user', 'app.kubernetes.io/instance': 'prod' },
      { 'app.kubernetes.io/name': 'user-v2', 'app.kubernetes.io/instance': 'prod-v2' },
    ],
    [
      'an empty value',
      { app: 'user-v1', canary: '' },
      { app: 'user-v1', canary: '' },
      { app: 'user-v2', canary: 'v2' },
    ],
  ])('%s', (_case, pod, selects, expected) => {
    const [labels, matching, service] = labelsOf(world(pod, selects))
    expect(labels).toEqual(expected)
    expect(matching).toEqual({ matchLabels: expected })
    expect(service).toEqual(expected)
  })

  test('labels that nothing selects by stay, those of deploy tools go', () => {
    const pod = {
      app: 'user-v1',
      tier: 'web',
      'pod-template-hash': 'x',
      'app.kubernetes.io/instance': 'argo',
    }
    const from = world(pod, { app: 'user-v1' }, { selector: { matchLabels: { app: 'user-v1' } } })
    expect(labelsOf(from)).toEqual([
      { app: 'user-v2', tier: 'web' },
      { matchLabels: { app: 'user-v2' } },
      { app: 'user-v2' },
    ])
  })

  test('each side keeps to its own keys', () => {
    const from = world(
      { app: 'user-v1', pod: 'web-v1' },
      { pod: 'web-v1' },
      {
        selector: { matchLabels: { app: 'user-v1' } },
      },
    )
    expect(labelsOf(from, 'rc1')).toEqual([
      { app: 'user-rc1', pod: 'web-rc1' },
      { matchLabels: { app: 'user-rc1' } },
      { pod: 'web-rc1' },
    ])
  })
})

describe('expressions of a selector become equal labels that hold', () => {
  const pod = { app: 'user-v1', tier: 'web' }
  test.each([
    ['one of several', { key: 'app', operator: 'In', values: ['user-v1', 'user-v0'] }, { app: 'user-v2' }],
    ['there', { key: 'tier', operator: 'Exists' }, { tier: 'web-v2' }],
    ['not there, which the clone does not have either', { key: 'batch', operator: 'DoesNotExist' }, {}],
    ['none of several', { key: 'tier', operator: 'NotIn', values: ['db'] }, { tier: 'web-v2' }],
  ])('%s', (_case, expression, expected) => {
    const selector = { matchLabels: { app: 'user-v1' }, matchExpressions: [expression] }
    const [labels, matching] = labelsOf(world(pod, { app: 'user-v1' }, { selector }))
    expect(matching).toEqual({ matchLabels: { app: 'user-v2', ...expected } })
    expect(labels).toEqual({ ...pod, app: 'user-v2', ...expected })
  })
  test('where no label of the pods is left to select by, it is refused', () => {
    const selector = { matchExpressions: [{ key: 'batch', operator: 'DoesNotExist' }] }
    expect(refused({}, world(pod, { app: 'user-v1' }, { selector }))).toMatchObject({
      code: 'not-clonable',
      params: { why: 'no-selector' },
    })
  })
})

describe('a Service for all versions is refused, with what to add to it', () => {
  test.each([
    ['the version has a label of its own', { app: 'user', version: 'v1' }, { app: 'user' }, 'version: v1'],
    ['also where it is no v1', { app: 'user', track: 'stable' }, { app: 'user' }, 'track: stable'],
    ['a value names the version', { app: 'user', release: 'user-v1' }, { app: 'user' }, 'release: user-v1'],
    [
      'the Deployment tells its pods apart by more',
      { app: 'user', part: 'web' },
      { app: 'user' },
      'part: web',
    ],
  ])('%s', (_case, pod, selects, label) => {
    const problem = refused({}, world(pod, selects))
    expect(problem).toMatchObject({
      code: 'selector-overlap',
      params: {
        kind: 'Service',
        name: 'service-user-v1',
        selector: 'app: user',
        why: 'every-version',
        label,
      },
    })
    expect(problem.params?.mend).toBe(
      `Add ${label} to the selector of Service service-user-v1: its pods carry it already`,
    )
  })
  test.each([
    ['the plain world, where no label tells versions apart', { app: 'user' }, { app: 'user' }, undefined],
    [
      'a Service that names the version in a value',
      { app: 'user-v1', version: 'v1' },
      { app: 'user-v1' },
      undefined,
    ],
    [
      'a label that neither selects by nor names a version',
      { app: 'user', tier: 'web' },
      { app: 'user' },
      { matchLabels: { app: 'user' } },
    ],
    [
      'a label by which charts describe the build, and nothing else',
      { app: 'user', 'app.kubernetes.io/version': '1.4.2' },
      { app: 'user' },
      { matchLabels: { app: 'user' } },
    ],
    ['the world after the mend', { app: 'user', version: 'v1' }, { app: 'user', version: 'v1' }, undefined],
  ])('but not %s', (_case, pod, selects, selector) => {
    const more = selector ? { selector } : {}
    expect(drafted({}, world(pod, selects, more)).name).toBe('user-canary')
  })
})

test('the mend of a Service with several versions behind it says who would lose requests', () => {
  const from = {
    deployments: [
      deployment('user-v1', { app: 'user', version: 'v1' }),
      deployment('user-v0', { app: 'user', version: 'v0' }),
    ],
    services: [service('service-user-v1', { app: 'user' })],
  }
  const mend =
    'Add version: v1 to the selector of Service service-user-v1: pods of user-v1 carry it, and user-v0 would get no more requests'
  expect(refused({ deployment: 'user-v1' }, from).params).toMatchObject({
    label: 'version: v1',
    losing: 'user-v0',
    mend,
  })
})

test('what keeps the stable version’s pods apart keeps the new ones apart, and what goes by others stays', () => {
  const term = (labelSelector: object) => ({ labelSelector, topologyKey: 'kubernetes.io/hostname' })
  const own = term({ matchLabels: { app: 'user-v1' } })
  const listed = term({ matchExpressions: [{ key: 'app', operator: 'In', values: ['user-v1', 'x'] }] })
  const cache = term({ matchLabels: { app: 'redis' } })
  const pod = {
    affinity: {
      nodeAffinity: { untouched: [{ key: 'app', values: ['user-v1'] }] },
      podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [cache] },
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [own],
        preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: listed }],
      },
    },
    topologySpreadConstraints: [{ ...own, maxSkew: 1 }],
  }
  const [clone] = drafted({}, world({ app: 'user-v1' }, { app: 'user-v1' }, { pod })).objects
  const after = term({ matchLabels: { app: 'user-v2' } })
  expect(podOf(clone).spec).toMatchObject({
    affinity: {
      nodeAffinity: pod.affinity.nodeAffinity,
      podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [cache] },
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [after],
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            podAffinityTerm: {
              labelSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['user-v2', 'x'] }] },
            },
          },
        ],
      },
    },
    topologySpreadConstraints: [{ ...after, maxSkew: 1 }],
  })
})
