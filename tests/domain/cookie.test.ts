import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { luaCookie, nginxCookie } from '@/lib/domain/cookie'

describe('nginx finds a cookie by its own rules', () => {
  test.each([
    ['the value', 'ck=always', 'ck', 'always'],
    ['the name in any case', 'CK=always', 'ck', 'always'],
    ['after another, with or without a blank', 'a=1;ck=always', 'ck', 'always'],
    ['after a comma', 'a=1,ck=always', 'ck', 'always'],
    ['the first of two', 'ck=never; ck=always', 'ck', 'never'],
    ['quotes are part of the value', 'ck="always"', 'ck', '"always"'],
    ['a comma does not end the value', 'ck=always,b=1', 'ck', 'always,b=1'],
    ['a blank before ";" is part of the value', 'ck=always ; b=1', 'ck', 'always '],
    ['blanks around "=" are not', 'ck =  always', 'ck', 'always'],
    ['an empty value is one', 'ck=; b=1', 'ck', ''],
    ['a longer name is another', 'cka=always', 'ck', null],
    ['a name that ends so is another', 'xck=always', 'ck', null],
    ['a dash is no underscore', 'canary_ck=always', 'canary-ck', null],
    ['a name without "=" hides the next cookie', 'ck; ck=always', 'ck', null],
    ['an empty name finds a nameless cookie', '=always', '', 'always'],
    ['and after others too', 'x=1; =always', '', 'always'],
    ['but not a named one', 'x=always', '', null],
    ['nothing in nothing', '', 'ck', null],
  ])('%s', (_case, line, name, value) => {
    expect(nginxCookie([line], name)).toBe(value)
  })

  test('several Cookie lines are looked through in order', () => {
    expect(nginxCookie(['a=1', 'ck=never', 'ck=always'], 'ck')).toBe('never')
  })
})

describe('the affinity balancer finds a cookie by other rules', () => {
  test.each([
    ['the value', 'aff=n|k', 'aff', 'n|k'],
    ['the last of two', 'aff=1; aff=2', 'aff', '2'],
    ['the name exactly', 'AFF=1', 'aff', null],
    ['a blank ends the value', 'aff=1 x; b=2', 'aff', '1'],
    ['a value may contain "="', 'aff=a=b; c=d', 'aff', 'a=b'],
  ])('%s', (_case, line, name, value) => {
    expect(luaCookie([line], name)).toBe(value)
  })
})

test('no line, however odd, keeps either of them busy', () => {
  const line = fc.string({ unit: fc.constantFrom('a', '=', ';', ',', ' ', '\t', '"'), maxLength: 40 })
  fc.assert(
    fc.property(line, fc.constantFrom('', 'a', 'aa'), (text, name) => {
      const values = [nginxCookie([text], name), luaCookie([text], name)]
      return values.every(value => value === null || text.includes(value))
    }),
    { numRuns: 2000 },
  )
})
