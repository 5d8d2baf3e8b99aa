import { describe, expect, test } from 'vitest'
import type { Ingress } from '@/lib/domain/model/ingress'
import { fail } from '@/lib/domain/problem'
import { routingOf } from '@/lib/domain/routing'
import { findRoute } from '@/lib/server/start/route'
import { ingress } from '@/tests/fixtures/ingresses'

const wish = { namespace: 'shop', ingress: 'main', host: '', path: '/user' }
const over = (...ingresses: Ingress[]) => ({
  unread: () => null,
  ordinaryPaths: () => [...routingOf(ingresses, { annotationValidation: true }).ordinaryPaths],
})
const v1 = { path: '/user', service: 'user-v1' }
const main = ingress('main', { paths: [v1, { path: '/pay', service: 'pay-v1', port: 'http' }] })

describe('the route of a start', () => {
  test('is found by Ingress, host and path, with Service and port as they are written', () => {
    expect(findRoute(over(main), { ...wish, path: '/pay' })).toEqual({
      ok: true,
      value: { ...wish, path: '/pay', pathType: 'Prefix', service: 'pay-v1', port: 'http', release: null },
    })
  })

  test('a route without a path is that of /', () => {
    const bare = ingress('main', { paths: [{ pathType: 'ImplementationSpecific', service: 'user-v1' }] })
    expect(findRoute(over(bare), { ...wish, path: '/' })).toMatchObject({
      ok: true,
      value: { path: '/', pathType: 'ImplementationSpecific' },
    })
  })

  test.each([
    ['host', { ...wish, host: 'other.test' }],
    ['path', { ...wish, path: '/user/' }],
    ['Ingress', { ...wish, ingress: 'other' }],
    ['namespace', { ...wish, namespace: 'other' }],
    ['pathType', { ...wish, pathType: 'Exact' }],
  ])('another %s is another route, and that is not there', (_what, asked) => {
    expect(findRoute(over(main), asked)).toMatchObject({ ok: false, problem: { code: 'not-found' } })
  })

  test('where a path stands with two types, one must be named', () => {
    const both = ingress('main', { paths: [v1, { ...v1, pathType: 'Exact', service: 'exact-v1' }] })
    expect(findRoute(over(both), wish)).toEqual(
      fail('ambiguous-route', '/user stands in shop/main as Prefix and as Exact: name its pathType', {
        field: 'pathType',
        params: { pathTypes: 'Prefix, Exact' },
      }),
    )
    expect(findRoute(over(both), { ...wish, pathType: 'Exact' })).toMatchObject({
      ok: true,
      value: { service: 'exact-v1' },
    })
  })

  test('a path that an older Ingress has gets no requests here, and it is said who does', () => {
    const older = ingress('older', { created: 1, paths: [{ ...v1, service: 'older-v1' }] })
    expect(findRoute(over(main, older), wish)).toMatchObject({
      ok: false,
      problem: {
        code: 'ambiguous-route',
        field: 'ingress',
        params: { namespace: 'shop', ingress: 'older' },
      },
    })
  })

  test('a canary Ingress has no route to start on, even where the controller serves one of it', () => {
    const canary = ingress('main', { annotations: { canary: 'true' }, paths: [v1] })
    expect(findRoute(over(canary), wish)).toMatchObject({ ok: false, problem: { code: 'not-found' } })
  })

  test('of a cluster that has not been read nothing is said', () => {
    const unread = fail('cluster-unreachable', 'not yet')
    expect(findRoute({ ...over(main), unread: () => unread }, wish)).toBe(unread)
  })
})
