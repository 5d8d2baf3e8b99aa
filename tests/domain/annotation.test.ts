import { describe, expect, test } from 'vitest'
import {
  affinityOf,
  aliasesOf,
  canaryOf,
  isConfiguredButNotEnabled,
  rewriteOf,
} from '@/lib/domain/annotation'

const STRICT = { annotationValidation: true }
const LAX = { annotationValidation: false }
const N = 'nginx.ingress.kubernetes.io/'
const written = (texts: Record<string, string>) => ({
  annotations: Object.fromEntries(Object.entries(texts).map(([key, text]) => [N + key, text])),
})
const read = (texts: Record<string, string>) => canaryOf(written(texts), STRICT)

describe('canary is on only for what Go calls true', () => {
  test.each(['1', 't', 'T', 'TRUE', 'true', 'True'])('%s is on', canary => {
    expect(read({ canary }).enabled).toBe(true)
  })
  test.each(['0', 'false', 'yes', 'on', ' true', 'tRUE', ''])('"%s" is not', canary => {
    expect(read({ canary }).enabled).toBe(false)
  })
})

describe('weights are whole numbers as Go reads them, else the default', () => {
  test.each([
    ['10', 10],
    ['+10', 10],
    ['010', 10],
    ['-5', -5],
    ['9223372036854775808', 0],
    ['10.5', 0],
    ['10%', 0],
    [' 10', 0],
    ['1e2', 0],
    ['1_0', 0],
    ['', 0],
  ])('"%s" is %i', (text, weight) => {
    expect(read({ 'canary-weight': text }).weight).toBe(weight)
  })

  test('a total that is none is 100', () => {
    expect(read({ 'canary-weight-total': 'abc' }).weightTotal).toBe(100)
    expect(read({ 'canary-weight-total': '1000' }).weightTotal).toBe(1000)
    expect(read({}).weightTotal).toBe(100)
  })
})

describe('what validation refuses is as if not written', () => {
  test.each([
    ['canary-by-header-value', 'value', 'user@x.com', false],
    ['canary-by-header-value', 'value', 'a,b', false],
    ['canary-by-header-value', 'value', 'a=b', false],
    ['canary-by-header-value', 'value', 'a b', true],
    ['canary-by-header-value', 'value', 'a\tb', false],
    ['canary-by-header-value', 'value', 'ü', false],
    ['canary-by-header', 'header', 'X;Canary', false],
    ['canary-by-header', 'header', 'x canary', true],
    ['canary-by-cookie', 'cookie', 'a;b', false],
    ['canary-by-cookie', 'cookie', 'canary.ck', true],
    ['canary-by-header-pattern', 'pattern', '^(a|b)\\d{2}$', true],
    ['canary-by-header-pattern', 'pattern', 'a b', false],
    ['canary-by-header-pattern', 'pattern', ' a', false],
    ['canary-by-header-pattern', 'pattern', '\\d{1,3}', false],
    ['canary-by-header-pattern', 'pattern', '(?!a)b', false],
  ] as const)('%s → %s "%s": %s', (key, field, text, isKept) => {
    expect(read({ [key]: text })[field]).toBe(isKept ? text : '')
    expect(canaryOf(written({ [key]: text }), LAX)[field]).toBe(text.trim())
  })

  test('outer blanks are trimmed', () => {
    expect(read({ 'canary-by-header': '  X-Canary ' }).header).toBe('X-Canary')
  })

  test('any behaviour but legacy is sticky', () => {
    expect(read({ 'affinity-canary-behavior': 'legacy' }).behavior).toBe('legacy')
    expect(read({ 'affinity-canary-behavior': 'Legacy' }).behavior).toBe('sticky')
    expect(read({}).behavior).toBe('sticky')
  })
})

test('rules without canary are an error of the parser, a weight of 0 is none', () => {
  expect(isConfiguredButNotEnabled(read({ canary: 'false', 'canary-weight': '20' }))).toBe(true)
  expect(isConfiguredButNotEnabled(read({ 'canary-by-header-pattern': '.' }))).toBe(true)
  expect(isConfiguredButNotEnabled(read({ canary: 'false', 'canary-weight': '0' }))).toBe(false)
  expect(isConfiguredButNotEnabled(read({ canary: 'true', 'canary-weight': '20' }))).toBe(false)
})

test('affinity has a cookie name of its own or the default one', () => {
  expect(affinityOf(written({ affinity: 'cookie', 'session-cookie-name': 'aff' }))).toEqual({
    cookieName: 'aff',
  })
  expect(affinityOf(written({ affinity: 'cookie' }))).toEqual({ cookieName: 'INGRESSCOOKIE' })
  expect(affinityOf(written({ affinity: 'cookie', 'session-cookie-name': 'a;b' }))?.cookieName).toBe(
    'INGRESSCOOKIE',
  )
  expect(affinityOf(written({ affinity: 'ip' }))).toBeNull()
  expect(affinityOf(written({}))).toBeNull()
})

test('aliases are listed once each; rewrites are read', () => {
  expect(aliasesOf(written({ 'server-alias': 'b.test, a.test,,b.test' }), STRICT)).toEqual([
    'a.test',
    'b.test',
  ])
  expect(aliasesOf(written({}), STRICT)).toEqual([])
  expect(rewriteOf(written({ 'rewrite-target': '/$2', 'use-regex': 'true' }), STRICT)).toEqual({
    target: '/$2',
    useRegex: true,
  })
})
