import { expect, test } from 'vitest'
import { matches, search } from '@/sandbox/gateway/regex'

test.each([
  ['an unanchored search', 'b', 'abc', true],
  ['case counts', 'B', 'abc', false],
  ['unless the pattern begins with (?i)', '(?i)B', 'abc', true],
  ['what does not compile is broken', '(', 'abc', 'broken'],
  ['what takes for ever is broken, as a match error is in PCRE', '^(a+)+$', `${'a'.repeat(60)}!`, 'broken'],
] as const)('%s', (_case, pattern, text, expected) => {
  expect(matches(pattern, text)).toBe(expected)
})

test('a search gives the groups for rewrite-target', () => {
  expect(search('(?i)/user(/|$)(.*)', '/USER/a/b')).toEqual(['/USER/a/b', '/', 'a/b'])
})
