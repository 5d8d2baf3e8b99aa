import { describe, expect, test } from 'vitest'
import { decisionView, requestOf } from '@/lib/domain/decision-view'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { Decision, OrdinaryPath } from '@/lib/domain/model/routing'

const ingress = (name: string): Ingress => ({
  namespace: 'default',
  name,
  uid: name,
  resourceVersion: '1',
  createdAtMs: 0,
  className: 'nginx',
  annotations: {},
  labels: {},
  owners: [],
  rules: [],
  defaultBackend: null,
  tlsHosts: [],
  addresses: [],
  changed: null,
})
const canary = ingress('user-canary')
const location: OrdinaryPath = {
  ingress: ingress('nginx-ingress'),
  host: '',
  path: '/user',
  pathType: 'Prefix',
  backend: { service: 'service-user-v1', port: '80' },
  served: true,
  canary,
}
const decision: Decision = {
  to: 'canary',
  canaryShare: 1,
  because: 'cookie',
  location,
  backend: { namespace: 'default', service: 'service-user-v2', port: '80' },
  canary,
  steps: [{ rung: 'cookie', decided: true, params: { cookie: 'vip_user' } }],
}
const nowhere: Decision = {
  ...decision,
  to: '404',
  canaryShare: null,
  because: 'none',
  location: null,
  backend: null,
  canary: null,
}

test('a decision is told with its route, Service, release and every step', () => {
  const view = decisionView(decision, { namespace: 'default', ingress: 'nginx-ingress' })
  expect(view).toEqual({
    ok: true,
    value: {
      to: 'canary',
      canaryShare: 1,
      because: 'cookie',
      route: {
        namespace: 'default',
        ingress: 'nginx-ingress',
        host: '',
        path: '/user',
        pathType: 'Prefix',
        service: 'service-user-v1',
        port: 80,
        release: 'user-canary',
        releaseNamespace: 'default',
      },
      service: 'service-user-v2',
      release: 'user-canary',
      steps: [{ rung: 'cookie', decided: true, params: { cookie: 'vip_user' } }],
    },
  })
})

describe('the Ingress the caller names must be where the request lands', () => {
  test.each([
    ['it is', decision, { ingress: 'nginx-ingress' }, 'ok'],
    ['none is named', nowhere, {}, 'ok'],
    ['a namespace alone asks nothing of a request that lands nowhere', nowhere, { namespace: 'x' }, 'ok'],
    ['another one is', decision, { ingress: 'other' }, 'ambiguous-route ingress'],
    [
      'the same name elsewhere is',
      decision,
      { namespace: 'x', ingress: 'nginx-ingress' },
      'ambiguous-route ingress',
    ],
    ['another namespace is', decision, { namespace: 'x' }, 'ambiguous-route namespace'],
    ['the request lands nowhere', nowhere, { ingress: 'nginx-ingress' }, 'ambiguous-route ingress'],
  ])('%s', (_case, decided, named, expected) => {
    const view = decisionView(decided, named)
    expect(view.ok ? 'ok' : `${view.problem.code} ${view.problem.field}`).toBe(expected)
  })
})

describe('a request is what a client would send', () => {
  const base = { host: 'shop', path: '/user' }
  test.each([
    ['names in lower case', { headers: { Role: 'test' } }, { role: ['test'] }],
    ['a header in two spellings is sent twice', { headers: { A: '1', a: '2' } }, { a: ['1', '2'] }],
    ['cookies are one header', { cookies: { a: '1', b: '2' } }, { cookie: ['a=1; b=2'] }],
    [
      'beside a Cookie header too',
      { headers: { Cookie: 'x=y' }, cookies: { a: '1' } },
      { cookie: ['x=y; a=1'] },
    ],
    ['nothing', {}, {}],
  ])('%s', (_case, marks, headers) => {
    expect(requestOf({ ...base, ...marks })).toEqual({ ...base, headers })
  })
  test.each([
    ['what follows "?" or "#" does not count', '/user?x=/y#z', '/user'],
    ['the path is decoded, and without dot segments', '/a/../us%65r', '/user'],
    ['a decoded "?" is part of the path', '/user%3Fx', '/user?x'],
    ['what nginx answers 400 stays as it is', '/..', '/..'],
  ])('%s', (_case, path, read) => {
    expect(requestOf({ ...base, path }).path).toBe(read)
  })
  test('a header called __proto__ is a header', () => {
    const headers = JSON.parse('{"__proto__":"x"}')
    expect(Object.keys(requestOf({ ...base, headers }).headers)).toEqual(['__proto__'])
  })
})
