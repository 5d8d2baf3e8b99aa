import { describe, expect, test } from 'vitest'
import { parseIngress } from '@/lib/domain/ingress'
import { routingOf } from '@/lib/domain/routing'
import { drafted, ordinary, refused, service } from './cluster'

const NGINX = 'nginx.ingress.kubernetes.io/'
const backend = (name: string, port: object = { number: 80 }) => ({ service: { name, port } })
const ingressOf = (...args: Parameters<typeof drafted>) => drafted(...args).objects[2]
const rulesOf = (...args: Parameters<typeof drafted>) =>
  (ingressOf(...args).spec as { rules: unknown[] }).rules

describe('the canary Ingress copies exactly the chosen path', () => {
  test('a host and ImplementationSpecific stay as they are; other hosts and paths are left out', () => {
    const chosen = { path: '/user', pathType: 'ImplementationSpecific', backend: backend('service-user-v1') }
    const main = ordinary({
      spec: {
        rules: [
          { host: 'a.example', http: { paths: [{ ...chosen, path: '/other' }] } },
          { host: 'shop.example', http: { paths: [{ ...chosen, path: '/x' }, chosen] } },
        ],
      },
    })
    const on = { host: 'shop.example', pathType: 'ImplementationSpecific' }
    expect(rulesOf({}, { ordinary: main }, { on })).toEqual([
      { host: 'shop.example', http: { paths: [{ ...chosen, backend: backend('service-user-v2') }] } },
    ])
  })
  test('an empty path stays empty', () => {
    const empty = { path: '', pathType: 'ImplementationSpecific', backend: backend('service-user-v1') }
    const on = { path: '/', pathType: 'ImplementationSpecific' }
    expect(rulesOf({}, { ordinary: ordinary({ paths: [empty] }) }, { on })).toEqual([
      { http: { paths: [{ ...empty, backend: backend('service-user-v2') }] } },
    ])
  })
  test('a port that the ordinary Ingress names is named', () => {
    const named = [service('service-user-v1', { app: 'user-v1' }, { ports: [{ name: 'http', port: 80 }] })]
    const main = ordinary({ port: { name: 'http' } })
    const [rule] = rulesOf({}, { ordinary: main, services: named }, { on: { port: 'http' } })
    expect(rule).toEqual({
      http: {
        paths: [{ path: '/user', pathType: 'Prefix', backend: backend('service-user-v2', { name: 'http' }) }],
      },
    })
  })
  test('the same path as Exact and as Prefix are two', () => {
    const paths = ['Exact', 'Prefix'].map(pathType => ({
      path: '/user',
      pathType,
      backend: backend('service-user-v1'),
    }))
    const from = { ordinary: ordinary({ paths }) }
    const [rule] = rulesOf({}, from, { on: { pathType: 'Exact' } })
    expect(rule).toEqual({ http: { paths: [{ ...paths[0], backend: backend('service-user-v2') }] } })
  })
  test('the root that a default backend owns is a path like others', () => {
    const spec = { rules: [{ host: 'shop.example' }], defaultBackend: backend('service-user-v1') }
    const on = { host: 'shop.example', path: '/' }
    expect(rulesOf({}, { ordinary: ordinary({ spec }) }, { on })).toEqual([
      {
        host: 'shop.example',
        http: { paths: [{ path: '/', pathType: 'Prefix', backend: backend('service-user-v2') }] },
      },
    ])
  })
  test.each([
    ['the path', { path: '/gone' }, {}],
    ['the host', { host: 'gone.example' }, {}],
    ['the path type', { pathType: 'Exact' }, {}],
    ['the port', { port: 81 }, {}],
    ['the default backend of a hostless Ingress with rules owns nothing', { path: '/' }, {}],
    ['everything', {}, { ordinary: {} }],
  ])('what the ordinary Ingress does not have any more is not found: %s', (_case, on, from) => {
    expect(refused({}, from, { on })).toMatchObject({ code: 'not-found' })
  })
})

describe('it carries what a canary needs, and nothing else', () => {
  test('class as it is written, in the old annotation too', () => {
    const annotations = { 'kubernetes.io/ingress.class': 'nginx' }
    const old = ingressOf({}, { ordinary: ordinary({ annotations, spec: { ingressClassName: undefined } }) })
    expect(old.spec).not.toHaveProperty('ingressClassName')
    expect(old.metadata).toMatchObject({ annotations })
    expect(ingressOf({}, { ordinary: ordinary({ annotations }) }).metadata.annotations).not.toMatchObject(
      annotations,
    )
  })
  test('no class where the ordinary Ingress has none', () => {
    const spec = { ingressClassName: undefined }
    expect(Object.keys(ingressOf({}, { ordinary: ordinary({ spec }) }).spec as object)).toEqual(['rules'])
  })
  test('how requests are spread among pods is repeated; nothing else is copied', () => {
    const repeated = {
      [`${NGINX}load-balance`]: 'ewma',
      [`${NGINX}upstream-hash-by`]: '$cookie_user',
      [`${NGINX}upstream-hash-by-subset`]: 'true',
      [`${NGINX}upstream-hash-by-subset-size`]: '3',
    }
    const annotations = {
      ...repeated,
      [`${NGINX}rewrite-target`]: '/',
      [`${NGINX}configuration-snippet`]: 'x',
      [`${NGINX}affinity`]: 'cookie',
      [`${NGINX}canary-weight`]: '50',
      [`${NGINX}auth-tls-secret`]: 'x',
      'cert-manager.io/issuer': 'x',
    }
    expect(ingressOf({}, { ordinary: ordinary({ annotations }) }).metadata.annotations).toEqual({
      ...repeated,
      [`${NGINX}canary`]: 'true',
      [`${NGINX}canary-weight`]: '0',
      'halftone.dev/stable': 'shop/nginx-ingress/uid-main',
    })
  })
  test.each(['$x;}', 'a\nb', '"', '{x}', 'x'.repeat(257), ''])('a hash by %j is not repeated', text => {
    const annotations = { [`${NGINX}upstream-hash-by`]: text }
    expect(ingressOf({}, { ordinary: ordinary({ annotations }) }).metadata.annotations).not.toHaveProperty([
      `${NGINX}upstream-hash-by`,
    ])
  })
})

test('the controller joins it to the route alone, and sends nobody to it', () => {
  const main = parseIngress(ordinary())
  const canary = { ...parseIngress(ingressOf()), createdAtMs: 1000 }
  const { canaryPaths } = routingOf([main, canary], { annotationValidation: true })
  expect(canaryPaths.map(({ live, reaches }) => [live, reaches.map(({ path }) => path)])).toEqual([
    [true, ['/user']],
  ])
})
