import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matches } from '@/lib/server/pattern'

describe('a pattern searches as PCRE does in the controller', () => {
  test.each([
    ['it is found anywhere', 'v2', 'app-v2-x', true],
    ['case counts', 'V2', 'v2', false],
    ['case can be switched off', '(?i)V2', 'v2', true],
    ['anchors bind', '^(eu|us)$', 'eu-1', false],
    ['alternatives work', '^(eu|us)$', 'us', true],
    ['an empty pattern is found in anything', '', '', true],
    ['a dot is one byte, as without the UTF option', '^.$', 'é', false],
    ['two dots are one two-byte letter', '^..$', 'é', true],
    ['nested quantifiers end in linear time', '(((a+)+)+)+$', `${'a'.repeat(5000)}!`, false],
  ])('%s', (_case, pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected)
  })
})

test.each([
  ['look-ahead', '(?=x)'],
  ['negative look-ahead', '^(?!x)y'],
  ['look-behind', '(?<=x)y'],
  ['negative look-behind', '(?<!x)y'],
  ['a back-reference', '(a)\\1'],
  ['a named back-reference', '(?<n>a)\\k{n}'],
  ['a back-reference by P=', '(?P<n>a)(?P=n)'],
  ['an atomic group', '(?>a)b'],
  ['a possessive plus', 'a++'],
  ['a possessive star', 'a*+'],
  ['a possessive count', 'a{1,2}+'],
  ['a repeat RE2 finds too long', 'a{2000}'],
  ['recursion', 'a(?R)?b'],
  ['a conditional', '(a)?(?(1)b|c)'],
  ['a comment', 'a(?#c)b'],
  ['a branch reset', '(?|a|b)'],
  ['extended flags', '(?x) a b'],
  ['a shorthand of PCRE', '\\h+\\R'],
  ['keep out', 'a\\Kb'],
  ['a verb', '(*UTF8)a'],
  ['a shorthand at the end of a range', '[a-\\d]'],
  ['more than can be modelled', `a${'\\d'.repeat(20_000)}`],
])('what PCRE may accept and RE2 does not is unknown: %s', (_case, pattern) => {
  expect(matches(pattern, 'x')).toBe('unknown')
})

test.each([
  '(',
  ')',
  '(a',
  '[',
  '[^]',
  '*',
  '+a',
  'a|*',
  'a**',
  'x{3,1}',
  'x{70000}',
  '\\1',
  '(a)\\2',
  '(?=x',
  '(?>a',
  'a++(',
  '\\',
])('what neither compiles is broken: %s', pattern => {
  expect(matches(pattern, 'x')).toBe('broken')
})

test('a thousand patterns later the answer is the same', () => {
  expect(matches('^a0$', 'a0')).toBe(true)
  for (let i = 0; i < 1000; i++) expect(matches(`^a${i}$`, `a${i}`)).toBe(true)
  expect(matches('^a0$', 'a0')).toBe(true)
})

test('no pattern and no text, however odd, makes it throw', () => {
  const piece = fc.constantFrom(
    ...['(', ')', '[', ']', '?', '*', '+', '{2}', '{', '|', '^', '$', '\\', '\\1', '(?=', '(?<', '(?P', '(*'],
    ...['a', '-', ':', '\\d', '\\Q', '\\E', '[:alpha:]', '(?i', 'é', '\u{1f642}', '\ud800'],
  )
  const pattern = fc.oneof(
    fc.array(piece, { maxLength: 12 }).map(pieces => pieces.join('')),
    fc.string({ unit: 'binary' }),
  )
  fc.assert(
    fc.property(pattern, fc.string({ unit: 'binary' }), (wanted, text) => {
      expect([true, false, 'broken', 'unknown']).toContain(matches(wanted, text))
    }),
    { numRuns: 2000 },
  )
})

test('a list of ids too long for PCRE to compile is broken, the longest that it takes is not', () => {
  const ids = (count: number) => `^(${Array.from({ length: count }, (_, n) => 10_000_000 + n).join('|')})$`
  expect(matches(ids(3_448), '10003447')).toBe(true)
  expect(matches(ids(3_449), '10000000')).toBe('broken')
})
