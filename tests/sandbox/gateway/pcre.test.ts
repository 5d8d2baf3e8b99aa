import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { javaScriptOf } from '@/sandbox/gateway/pcre'

const finds = (pattern: string, text: string): boolean | 'broken' => {
  const source = javaScriptOf(pattern)
  if (source === null) return 'broken'
  try {
    return new RegExp(source).test(text)
  } catch {
    return 'broken'
  }
}

describe('a pattern means in JavaScript what it means to PCRE', () => {
  test.each([
    ['^Do[A-Z][a-z]+y$', 'DoCanary', true],
    ['beta', 'BETA', false],
    ['(?i)beta', 'BETA', true],
    ['(?i)b[e-f]ta', 'BETA', true],
    ['a(?i)b', 'aB', true],
    ['a(?i)b', 'AB', false],
    ['a(?i:b)c', 'aBC', false],
    ['((?i)a)b', 'Ab', true],
    ['((?i)a)b', 'AB', false],
    ['(?i)a(?-i)b', 'AB', false],
    ['[[:digit:]]{2}', '12', true],
    ['^[^[:alpha:]]+$', '12a', false],
    ['[]a]', ']', true],
    ['[^]a]', ']', false],
    ['^[a\\]b]+$', 'a]b', true],
    ['\\Abeta\\z', 'beta', true],
    ['\\Abeta\\z', 'beta2', false],
    ['^\\h+$', ' \t', true],
    ['a++b', 'aab', true],
    ['^(?>a|ab)c', 'ac', true],
    ['(?P<x>a)\\k<x>', 'aa', true],
    ['(a)\\1', 'aa', true],
    ['(?=.*b)a', 'ab', true],
    ['(?<!x)a', 'xa', false],
    ['a(?#b)c', 'ac', true],
    ['\\Qa.b\\E+', 'a.bb', true],
    ['\\Qa.b', 'axb', false],
    ['a{,2}', 'a{,2}', true],
    ['a{x', 'a{x', true],
    ['}]', '}]', true],
    ['\\x41\\x{42}', 'AB', true],
    ['uid=12[45]', 'a=b; uid=125', true],
    ['(^|&)a=(b|c)$', 'x&a=c', true],
    ['/v\\d+/', '/v2/', true],
  ])('%s in "%s": %s', (pattern, text, found) => {
    expect(finds(pattern, text)).toBe(found)
  })

  test.each([
    '(',
    ')',
    '[',
    '[a',
    '[][**da?$&*',
    '*a',
    'a**',
    '\\',
    '(a',
    '\\1',
    '\\y',
    '[b-a]',
    'a{2,1}',
    '(?z)',
    '[[:no:]]',
    '(*FAIL)',
  ])('%s does not compile', pattern => {
    expect(finds(pattern, 'anything')).toBe('broken')
  })
})

test('plain text finds itself, in any case where that is asked for', () => {
  const word = fc.stringMatching(/^[A-Za-z0-9_/:~=&-]{1,20}$/)
  fc.assert(
    fc.property(
      word,
      text => finds(text, `x${text}y`) === true && finds(`(?i)${text}`, text.toUpperCase()) === true,
    ),
  )
})

test('no pattern, however odd, is more than refused', () => {
  const odd = fc.string({ unit: fc.constantFrom(...'ab1()[]{}*+?|^$\\.-:=!<>iQEAzP,'), maxLength: 14 })
  fc.assert(
    fc.property(odd, pattern => {
      const source = javaScriptOf(pattern)
      return source === null || typeof source === 'string'
    }),
    { numRuns: 3000 },
  )
})
