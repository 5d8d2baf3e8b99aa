import { describe, expect, test } from 'vitest'
import { admit } from '@/lib/domain/admission'
import { ingress } from '@/tests/fixtures/ingresses'

const path = (path: string, pathType = 'Prefix', service = 'app') => ({ path, pathType, service })
const main = ingress('main', { host: 'h', paths: [path('/'), path('/a')], created: 1 })
const incoming = (paths: ReturnType<typeof path>[], annotations: Record<string, string> = {}, host = 'h') =>
  ingress('incoming', { host, paths, annotations, created: 2 })

describe('the webhook refuses a path that an ordinary Ingress has', () => {
  test('and says whose it is', () => {
    expect(admit(incoming([path('/a')]), [main])).toEqual({
      allowed: false,
      message: 'host "h" and path "/a" is already defined in ingress shop/main',
    })
  })

  test.each([
    ['even where another path is free', incoming([path('/free'), path('/a')]), false],
    [
      'even where the incoming one is older',
      ingress('x', { host: 'h', paths: [path('/')], created: 0 }),
      false,
    ],
    ['not on another host', incoming([path('/')], {}, 'other'), true],
    ['not with a canary annotation', incoming([path('/')], { canary: 'true' }), true],
    ['not even with a false one', incoming([path('/')], { canary: 'false' }), true],
    ['not where only a longer path is its', incoming([path('/a/b')]), true],
    ['not an Ingress that is only changed', ingress('main', { host: 'h', paths: [path('/')] }), true],
    ['but one that has lost its canary annotation', incoming([path('/')], { 'canary-weight': '0' }), false],
  ])('%s', (_case, ingressToCome, allowed) => {
    expect(admit(ingressToCome, [main]).allowed).toBe(allowed)
  })

  test('a hostless path belongs to the catch-all server', () => {
    const whole = ingress('whole', { paths: [path('/x')] })
    expect(admit(ingress('second', { paths: [path('/x')] }), [whole])).toMatchObject({
      message: 'host "_" and path "/x" is already defined in ingress shop/whole',
    })
  })
})

test('the webhook refuses snippets, which are off by default', () => {
  expect(admit(incoming([path('/free')], { 'configuration-snippet': 'return 200;' }), [])).toEqual({
    allowed: false,
    message:
      'nginx.ingress.kubernetes.io/configuration-snippet annotation cannot be used. Snippet directives are disabled by the Ingress administrator',
  })
})

test('a second canary on the same path is admitted', () => {
  const first = ingress('first', {
    host: 'h',
    paths: [path('/', 'Prefix', 'c1')],
    annotations: { canary: 'true' },
  })
  const second = incoming([path('/', 'Prefix', 'c2')], { canary: 'true' })
  expect(admit(second, [main, first]).allowed).toBe(true)
})

test('a pattern is admitted only as ImplementationSpecific', () => {
  expect(admit(incoming([path('/foo.+')]), [])).toMatchObject({
    allowed: false,
    message: 'ingress contains invalid paths: path /foo.+ cannot be used with pathType Prefix',
  })
  expect(admit(incoming([path('/foo.+', 'ImplementationSpecific')]), []).allowed).toBe(true)
  expect(admit(incoming([path('/.well-known/a_b-c')]), []).allowed).toBe(true)
})

test('a canary rule without http crashes the webhook, so it is not created', () => {
  const broken = ingress('broken', { host: 'h', paths: null, annotations: { canary: 'true' } })
  expect(admit(broken, [main]).allowed).toBe(false)
  expect(admit(broken, []).allowed).toBe(true)
})
