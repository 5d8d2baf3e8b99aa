import { describe, expect, test } from 'vitest'
import { parseIngress } from '@/lib/domain/ingress'
import type { StartSources } from '@/lib/domain/model/start'
import { offerOf } from '@/lib/domain/start/offer'
import { deployment, draft, drafted, ordinary, refused, route, service, sources } from './cluster'

const namesOf = (from: Partial<StartSources> = {}, on = {}) =>
  offerOf({ ...route, ...on }, sources(from)).names

const pair = (
  name: string,
  serviceName: string,
  labels: Readonly<Record<string, string>> = { app: name },
) => ({
  deployments: [deployment(name, labels)],
  services: [service(serviceName, labels)],
})

const canary = (name: string, to: string, namespace = 'shop') =>
  parseIngress({
    metadata: { namespace, name, annotations: { 'nginx.ingress.kubernetes.io/canary': 'true' } },
    spec: {
      rules: [
        { http: { paths: [{ path: '/x', backend: { service: { name: to, port: { number: 80 } } } }] } },
      ],
    },
  })

describe('where users are pinned by a cookie a Service of a former release would take them back at once', () => {
  const pinned = ordinary({ annotations: { 'nginx.ingress.kubernetes.io/affinity': 'cookie' } })
  const at = (readAtMs: number, more: object = {}) =>
    namesOf({ ordinary: pinned, ingresses: [parseIngress(pinned)], readAtMs, ...more })

  test('so each start gets a number that none had before: the minute it is', () => {
    const minute = Date.UTC(2026, 10, 26) / 60_000
    expect(at(Date.UTC(2026, 10, 26))).toMatchObject({
      suffix: `v${minute}`,
      service: `service-user-v${minute}`,
    })
    expect(at(Date.UTC(2026, 10, 26, 0, 1)).suffix).toBe(`v${minute + 1}`)
  })

  test('also after one that was started so, and is stable now', () => {
    const minute = Date.UTC(2026, 10, 26) / 60_000
    const stable = pair(`user-v${minute}`, 'service-user-v1')
    expect(at(Date.UTC(2026, 10, 26), stable).suffix).toBe(`v${minute + 1}`)
    expect(at(Date.UTC(2027, 0, 1), stable).suffix).toBe(`v${Date.UTC(2027, 0, 1) / 60_000}`)
  })

  test('but not for a Service before which nobody is pinned', () => {
    expect(
      namesOf(
        { ordinary: pinned, ingresses: [parseIngress(pinned)], ...pair('pay-v1', 'service-other-v1') },
        { service: 'service-other-v1' },
      ).suffix,
    ).toBe('v2')
  })
})

describe('names are those of the next version that is free', () => {
  test.each([
    ['a version in the name is replaced', pair('user-v1', 'service-user-v1'), 'user-v2', 'service-user-v2'],
    ['a name without one gets one', pair('user', 'service-user-v1'), 'user-v2', 'service-user-v2'],
    ['the next number follows', pair('user-v7', 'service-user-v1'), 'user-v8', 'service-user-v8'],
    [
      'a Deployment of that name is passed over',
      { deployments: [deployment('user-v1', { app: 'user-v1' }), deployment('user-v2', { app: 'x' })] },
      'user-v3',
      'service-user-v3',
    ],
    [
      'a Service of that name is passed over',
      {
        services: [service('service-user-v1', { app: 'user-v1' }), service('service-user-v2', { app: 'x' })],
      },
      'user-v3',
      'service-user-v3',
    ],
    [
      'a Service that another canary names is passed over, though it does not exist',
      { ingresses: [parseIngress(ordinary()), canary('old', 'service-user-v2')] },
      'user-v3',
      'service-user-v3',
    ],
    [
      'what another namespace names does not count',
      { ingresses: [canary('old', 'service-user-v2', 'elsewhere')] },
      'user-v2',
      'service-user-v2',
    ],
  ])('%s', (_case, from, deploymentName, serviceName) => {
    expect(namesOf(from)).toMatchObject({ deployment: deploymentName, service: serviceName })
  })
})

test('a Deployment may have dots in its name', () => {
  const from = pair('user.api-v1', 'service-user-v1')
  expect(drafted({}, from).objects[0].metadata.name).toBe('user.api-v2')
})

test('a word that the version label says is replaced', () => {
  const from = pair('user-blue', 'service-user-blue', { app: 'user-blue', version: 'blue' })
  expect(namesOf(from, { service: 'service-user-blue' })).toMatchObject({
    deployment: 'user-v2',
    service: 'service-user-v2',
  })
})

describe('the canary Ingress is named after the path', () => {
  test.each([
    ['its last segment', '/api/user', 'user-canary'],
    ['without what no name has', '/api/User_Profile.v1/', 'user-profile-v1-canary'],
    ['the ordinary Ingress for the root', '/', 'nginx-ingress-canary'],
    ['the ordinary Ingress where nothing is left', '/用户', 'nginx-ingress-canary'],
    ['at most 63 characters', `/${'a'.repeat(99)}`, `${'a'.repeat(56)}-canary`],
    ['no dash before the end', `/${'a'.repeat(55)}-b`, `${'a'.repeat(55)}-canary`],
  ])('%s', (_case, path, expected) => {
    expect(namesOf({}, { path }).name).toBe(expected)
  })
  test('the next number where it is taken, also by a half-started release', () => {
    const half = deployment(
      'user-v2',
      { app: 'x' },
      {
        metadata: {
          labels: { 'app.kubernetes.io/managed-by': 'halftone', 'halftone.dev/release': 'user-canary-2' },
        },
      },
    )
    const from = {
      deployments: [deployment('user-v1', { app: 'user-v1' }), half],
      ingresses: [canary('user-canary', 'other')],
    }
    expect(namesOf(from).name).toBe('user-canary-3')
  })
})

describe('a suffix that cannot be is refused where it was typed', () => {
  test.each([
    ['blank', ''],
    ['capitals', 'V2'],
    ['a dash at its end', 'v2-'],
    ['a dot', 'v2.1'],
    ['a way up', '../x'],
    ['a line end', 'v2\n'],
    ['64 characters', 'a'.repeat(64)],
    ['names that get too long', 'a'.repeat(60)],
  ])('%s', (_case, suffix) => {
    expect(refused({ suffix })).toMatchObject({ code: 'invalid-input', field: 'suffix' })
  })
  test('a label value that gets too long', () => {
    const labels = { app: `${'u'.repeat(60)}` }
    const from = {
      deployments: [deployment('user-v1', labels)],
      services: [service('service-user-v1', labels)],
    }
    expect(refused({ suffix: 'v2345' }, from)).toMatchObject({
      code: 'invalid-input',
      field: 'suffix',
      params: { rule: 'label', label: 'app' },
    })
  })
  test('the stable version’s own suffix is taken', () => {
    expect(refused({ suffix: 'v1' })).toMatchObject({
      code: 'already-exists',
      field: 'suffix',
      params: { kind: 'Deployment', name: 'user-v1', next: 'v2' },
    })
  })
  test('a Service of that name is taken, and the next free suffix is told', () => {
    const from = {
      services: [service('service-user-v1', { app: 'user-v1' }), service('service-user-v2', { app: 'x' })],
    }
    expect(refused({ suffix: 'v2' }, from).params).toEqual({
      kind: 'Service',
      name: 'service-user-v2',
      next: 'v3',
    })
  })
  test('a Service that an Ingress names already is none for a canary', () => {
    const from = { ingresses: [parseIngress(ordinary()), canary('old', 'service-user-v2')] }
    expect(refused({ suffix: 'v2' }, from)).toMatchObject({
      code: 'already-exists',
      params: { usedBy: 'old' },
    })
  })
})

describe('a name that no canary Ingress can have is refused', () => {
  test.each(['', 'A', 'a.b', '-a', `${'a'.repeat(64)}`, '../x', 'a b'])('%j', name => {
    expect(refused({ name })).toMatchObject({ code: 'invalid-input', field: 'name' })
  })
  test('the name of any other Ingress is taken', () => {
    expect(refused({ name: 'nginx-ingress' })).toMatchObject({
      code: 'already-exists',
      field: 'name',
      params: { kind: 'Ingress', name: 'nginx-ingress', next: 'user-canary' },
    })
  })
})

describe('what this start has made by now is its own, and nobody else’s', () => {
  const [clone, cloneService, ingress] = drafted().objects
  const begun = {
    deployments: [deployment('user-v1', { app: 'user-v1' }), clone],
    services: [service('service-user-v1', { app: 'user-v1' }), cloneService],
    ingresses: [parseIngress(ordinary()), parseIngress(ingress)],
  }
  const same = { suffix: 'v2', name: 'user-canary' }
  test('it is drafted once more, the same', () => {
    expect(drafted(same, begun, { continues: true, on: { release: 'user-canary' } })).toEqual(drafted())
  })
  test('a new start of that name is refused', () => {
    expect(refused(same, begun).code).toBe('already-exists')
    expect(refused(same, { ...begun, deployments: [begun.deployments[0]] }).code).toBe('already-exists')
  })
  test('the name of a half-started release is taken, and is not said to be an Ingress', () => {
    const half = { ...begun, ingresses: [parseIngress(ordinary())] }
    expect(refused({ suffix: 'v3', name: 'user-canary' }, half)).toMatchObject({
      code: 'already-exists',
      field: 'name',
      title: 'Deployment user-v2 belongs to a start of user-canary that has not come to its end',
      params: { kind: 'Deployment', name: 'user-v2', release: 'user-canary', next: 'user-canary-2' },
    })
  })
  test('a new start of a route that it acts on is refused', () => {
    const on = { release: 'user-canary' }
    expect(refused({ suffix: 'v3', name: 'other' }, begun, { on })).toMatchObject({
      code: 'already-released',
      params: { release: 'user-canary' },
    })
  })
  test('a foreign object of that name is never taken for our own', () => {
    const foreign = { ...begun, deployments: [begun.deployments[0], deployment('user-v2', { app: 'x' })] }
    expect(draft(same, foreign, { continues: true })).toMatchObject({
      ok: false,
      problem: { code: 'already-exists', params: { kind: 'Deployment', name: 'user-v2', next: 'v3' } },
    })
  })
})
