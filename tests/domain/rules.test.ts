import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SetRules } from '@/lib/contract'
import type { Finding, Rules } from '@/lib/domain/model/release'
import { isAnchored, riskyShapeOf } from '@/lib/domain/pattern-shape'
import { ruleWarning } from '@/lib/domain/rule-check'
import { draftPatch, rulesPatch } from '@/lib/domain/rules'
import { matches } from '@/lib/server/pattern'

const NGINX = 'nginx.ingress.kubernetes.io/'
const SAMPLING = 'halftone.dev/sampling'
const abilities = { sessionCookieName: 'SHOP', matches }
const none: Rules = { header: null, cookie: null }
const findings: Finding[] = []
const id = { cluster: 'demo', namespace: 'default', name: 'user-canary' }

/** What one request does to an Ingress whose rules the controller reads as `rules`. */
function ask(
  input: Parameters<typeof rulesPatch>[2],
  rules = none,
  annotations: Record<string, string> = {},
) {
  const result = rulesPatch({ id, owner: null, findings, rules }, { annotations }, input, abilities)
  if (!result.ok) return `${result.problem.code} ${result.problem.field} ${result.problem.params?.rule}`
  const written = Object.entries(result.value.metadata.annotations)
  return Object.fromEntries(written.map(([key, text]) => [key.replace(NGINX, ''), text]))
}

const role: Rules = { header: { name: 'role', value: 'test' }, cookie: 'vip_user' }
const roleTexts = {
  [`${NGINX}canary-by-header`]: 'role',
  [`${NGINX}canary-by-header-value`]: 'test',
  [`${NGINX}canary-by-cookie`]: 'vip_user',
}

describe('rules are replaced as a whole, and only what differs is written', () => {
  test.each([
    [
      'a header that says always or never',
      { header: { name: 'X-Beta' }, cookie: null },
      none,
      {},
      { 'canary-by-header': 'X-Beta' },
    ],
    [
      'a header with an exact value',
      { header: { name: 'role', value: 'test' }, cookie: null },
      none,
      {},
      { 'canary-by-header': 'role', 'canary-by-header-value': 'test' },
    ],
    [
      'a pattern keeps its example for the probes',
      { header: { name: 'region', pattern: '^(eu|us)$', example: 'eu' }, cookie: null },
      none,
      {},
      {
        'canary-by-header': 'region',
        'canary-by-header-pattern': '^(eu|us)$',
        [SAMPLING]: '{"example":"eu"}',
      },
    ],
    ['a cookie', { header: null, cookie: 'vip_user' }, none, {}, { 'canary-by-cookie': 'vip_user' }],
    ['the same again writes nothing', role, role, roleTexts, {}],
    [
      'none takes all away',
      none,
      role,
      roleTexts,
      { 'canary-by-header': null, 'canary-by-header-value': null, 'canary-by-cookie': null },
    ],
    [
      'from a value to a pattern the value goes',
      { header: { name: 'role', pattern: '^t', example: 'test' }, cookie: 'vip_user' },
      role,
      roleTexts,
      { 'canary-by-header-value': null, 'canary-by-header-pattern': '^t', [SAMPLING]: '{"example":"test"}' },
    ],
    [
      'what the controller had dropped goes with the rule it belonged to',
      { header: { name: 'role', value: 'test' }, cookie: null },
      { header: { name: 'role' }, cookie: null },
      { [`${NGINX}canary-by-header`]: 'role', [`${NGINX}canary-by-header-value`]: 'user@x.com' },
      { 'canary-by-header-value': 'test' },
    ],
    [
      'the example goes with its pattern, other sampling settings stay',
      none,
      { header: { name: 'region', pattern: '^eu$', example: 'eu' }, cookie: null },
      {
        [`${NGINX}canary-by-header`]: 'region',
        [`${NGINX}canary-by-header-pattern`]: '^eu$',
        [SAMPLING]: '{"perSecond":2,"example":"eu"}',
      },
      { 'canary-by-header': null, 'canary-by-header-pattern': null, [SAMPLING]: '{"perSecond":2}' },
    ],
  ])('%s', (_case, input, rules, annotations, expected) => {
    expect(ask(input, rules, annotations)).toEqual(expected)
  })
})

describe('what we would refuse today, but is there already, is carried over untouched', () => {
  const old: Rules = { header: { name: 'X_Old', pattern: '(?=x)' }, cookie: 'a.b' }
  const texts = {
    [`${NGINX}canary-by-header`]: 'X_Old',
    [`${NGINX}canary-by-header-pattern`]: '(?=x)',
    [`${NGINX}canary-by-cookie`]: 'a.b',
  }
  test.each([
    ['by a new cookie', { header: old.header, cookie: 'vip' }, { 'canary-by-cookie': 'vip' }],
    [
      'by a new header name',
      { header: { name: 'X-New', pattern: '(?=x)' }, cookie: 'a.b' },
      { 'canary-by-header': 'X-New' },
    ],
  ])('%s', (_case, input, expected) => {
    expect(ask(input, old, texts)).toEqual(expected)
  })
  test('but a new example must match, which nobody can tell of such a pattern', () => {
    const header = { name: 'X_Old', pattern: '(?=x)', example: 'x' }
    expect(ask({ header, cookie: 'a.b' }, old, texts)).toBe('invalid-input header.example no-match')
  })
})

describe('a header name is refused', () => {
  test.each([
    ['X_Y', 'characters'],
    ['X:Y', 'characters'],
    ['X Y', 'characters'],
    [' X', 'characters'],
    ['', 'characters'],
    ['X\r\nY', 'characters'],
    ['X\n', 'characters'],
    ['a'.repeat(300), 'characters'],
    ['1x', 'characters'],
    ['🙂', 'characters'],
    ['e\u0301', 'characters'],
    ['é', 'characters'],
    ['Host', 'reserved'],
    ['authorization', 'reserved'],
    ['Cookie', 'reserved'],
    ['Connection', 'reserved'],
    ['Content-Type', 'reserved'],
    ['Transfer-Encoding', 'reserved'],
    ['X-Forwarded-For', 'reserved'],
    ['X-Real-IP', 'reserved'],
  ])('%j', (name, rule) => {
    expect(ask({ header: { name }, cookie: null })).toBe(`invalid-input header.name ${rule}`)
  })
})

describe('a header value is refused', () => {
  test.each([
    ['a\r\nb', 'characters'],
    ['a\n', 'characters'],
    ['a;b', 'characters'],
    ['"', 'characters'],
    ['\x24{x}', 'characters'],
    ['{', 'characters'],
    ['', 'characters'],
    [' a', 'characters'],
    ['a\0', 'characters'],
    ['a\tb', 'characters'],
    ['user@x.com', 'characters'],
    ['a'.repeat(10_240), 'characters'],
    ['always', 'always-never'],
    ['never', 'always-never'],
  ])('%j', (value, rule) => {
    expect(ask({ header: { name: 'role', value }, cookie: null })).toBe(`invalid-input header.value ${rule}`)
  })
})

describe('a pattern is refused', () => {
  test.each([
    ['(a+)+$', 'nested-quantifier'],
    ['((a*b)c)*', 'nested-quantifier'],
    ['(?:a|b+){3}', 'nested-quantifier'],
    ['(?=x)', 'look-around'],
    ['\\1', 'back-reference'],
    ['(a)\\g{1}', 'back-reference'],
    ['[', 'does-not-compile'],
    ['*', 'does-not-compile'],
    ['(', 'does-not-compile'],
    ['a++', 'does-not-compile'],
    ['', 'characters'],
    ['a b', 'characters'],
    ['a{1,3}', 'characters'],
    ['(?!x)', 'characters'],
    ['a\n', 'characters'],
    ['a'.repeat(2048), 'characters'],
    ['a'.repeat(129), 'characters'],
  ])('%j', (pattern, rule) => {
    const header = { name: 'role', pattern, example: 'x' }
    expect(ask({ header, cookie: null })).toBe(`invalid-input header.pattern ${rule}`)
  })

  test.each([
    ['without an example', { pattern: '^eu$' }, 'header.example missing'],
    ['with an example that does not match', { pattern: '^eu$', example: 'us' }, 'header.example no-match'],
    ['with an example no header can carry', { pattern: '.', example: 'a\nb' }, 'header.example characters'],
    ['beside a value', { pattern: '^eu$', value: 'eu', example: 'eu' }, 'header.pattern value-and-pattern'],
    ['an example alone', { example: 'eu' }, 'header.example without-pattern'],
  ])('%s', (_case, more, expected) => {
    expect(ask({ header: { name: 'role', ...more }, cookie: null })).toBe(`invalid-input ${expected}`)
  })
})

describe('a cookie name is refused', () => {
  test.each([
    ['a=b', 'characters'],
    ['a;b', 'characters'],
    ['', 'characters'],
    ['ключ', 'characters'],
    ['a\n', 'characters'],
    ['a'.repeat(65), 'characters'],
    ['session', 'session-cookie'],
    ['JSESSIONID', 'session-cookie'],
    ['shop', 'session-cookie'],
  ])('%j', (cookie, rule) => {
    expect(ask({ header: null, cookie })).toBe(`invalid-input cookie ${rule}`)
  })
})

describe('the body of PUT rules', () => {
  const body = { header: null, cookie: null, resourceVersion: '1' }
  test.each([
    ['host is nobody’s to send', { ...body, host: 'x' }],
    ['path is nobody’s to send', { ...body, path: '/x' }],
    ['a header is an object or null', { ...body, header: 'role' }],
    ['a header field must be known', { ...body, header: { name: 'a', regex: 'x' } }],
    ['a cookie is a text or null', { ...body, cookie: 5 }],
    ['a version is a number in digits', { ...body, resourceVersion: 'x' }],
  ])('%s', (_case, wrong) => {
    expect(SetRules.safeParse(wrong).success).toBe(false)
    expect(SetRules.safeParse(body).success).toBe(true)
  })
})

test('an owned release and an ordinary Ingress are not written to', () => {
  const owner = { kind: 'Rollout', name: 'user' }
  const wrong = { id: 'L10', severity: 'error', where: '', params: {}, title: '', why: '' } as const
  const codes = [
    { owner, findings },
    { owner: null, findings: [wrong] },
  ].map(more => {
    const result = rulesPatch({ id, rules: none, ...more }, { annotations: {} }, none, abilities)
    return result.ok ? 'written' : result.problem.code
  })
  expect(codes).toEqual(['owned-elsewhere', 'not-a-canary'])
})

test('no written text, whatever was asked for, holds a character that could break out of nginx configuration', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.stringMatching(/^[a-z(){}|+*?^$.\\]{1,9}$/),
  )
  const optional = fc.option(texts, { nil: undefined })
  const header = fc.record({ name: texts, value: optional, pattern: optional, example: optional })
  const input = fc.record({ header: fc.option(header), cookie: fc.option(texts) })
  fc.assert(
    fc.property(input, wanted => {
      const written = ask(wanted)
      if (typeof written === 'string') return
      for (const [key, text] of Object.entries(written)) {
        if (key !== SAMPLING && text !== null) expect(text).not.toMatch(/[\s;#"'`<>\p{C}]/u)
      }
    }),
  )
})

test('a draft can be shown as one patch before it is written', () => {
  expect(draftPatch({ header: { name: 'role', value: 'test' }, cookie: null }).metadata.annotations).toEqual({
    [`${NGINX}canary-by-header`]: 'role',
    [`${NGINX}canary-by-header-value`]: 'test',
    [`${NGINX}canary-by-header-pattern`]: null,
    [`${NGINX}canary-by-cookie`]: null,
  })
})

describe('shapes of patterns', () => {
  test.each([
    ['^(eu|us)$', null, true],
    ['v2', null, false],
    ['^v2', null, false],
    ['^a$|b', null, false],
    ['^a|b$', null, false],
    ['^(a|b)$', null, true],
    ['(?i)^a$', null, true],
    ['^a\\$', null, false],
    ['^[|]$', null, true],
    ['[a+]+', null, false],
    ['(a\\+)+', null, false],
    ['(ab)+c+', null, false],
    ['(a+)?', null, false],
    ['(a+)+', 'nested-quantifier', false],
    ['((a+)?)*', 'nested-quantifier', false],
    ['\\\\1', null, false],
    ['(?<=a)b', 'look-around', false],
    ['(?P=n)', 'back-reference', false],
  ])('%s', (pattern, shape, anchored) => {
    expect([riskyShapeOf(pattern), isAnchored(pattern)]).toEqual([shape, anchored])
  })
  test('a pattern that would be found anywhere is warned of', () => {
    expect(ruleWarning({ name: 'a', pattern: 'v2' })).toBe('unanchored')
    expect(ruleWarning({ name: 'a', pattern: '^v2$' })).toBeNull()
    expect(ruleWarning({ name: 'a', value: 'v2' })).toBeNull()
  })
})
