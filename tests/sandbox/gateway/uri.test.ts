import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseTarget } from '@/lib/domain/request-target'
import { hostOf, rewritten } from '@/sandbox/gateway/uri'

describe('a host is read as nginx reads it', () => {
  test.each([
    ['Shop.Example:8080', 'shop.example'],
    ['shop.example.', 'shop.example'],
    ['shop.example.:80', 'shop.example'],
    ['shop:what:ever', 'shop'],
    ['[::1]:8080', '[::1]'],
  ])('host %j is compared as %j', (header, host) => {
    expect(hostOf(header)).toBe(host)
  })

  test.each(['', '.', ':80', 'a b', 'a..b', 'a/b', 'a\x7f'])('host %j is answered 400', header => {
    expect(hostOf(header)).toBeNull()
  })
})

describe('rewrite-target', () => {
  const target = (line: string) => {
    const parsed = parseTarget(line)
    if (!parsed) throw new Error('no target')
    return parsed
  }

  test.each([
    ['replaces the whole path', '/user/a?x=1', '/', [], '/?x=1'],
    ['takes groups', '/user/a/b', '/$1', ['', 'a/b'], '/a/b'],
    ['leaves out a group that is not there', '/user', '/v/$2', [''], '/v/'],
    ['joins its own query with that of the request', '/user?x=1', '/p?y=2', [], '/p?y=2&x=1'],
    ['drops the query after a final ?', '/user?x=1', '/p?', [], '/p'],
    ['escapes what a request line may not hold', '/user', '/a b中', [], '/a%20b%E4%B8%AD'],
  ])('%s', (_case, line, to, groups, expected) => {
    expect(rewritten(target(line), to, groups)).toBe(expected)
  })

  test('whatever the groups hold, the result fits on a request line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), group => {
        expect(rewritten(target('/a'), '/$1', ['', group])).toMatch(/^\/[!-~]*$/)
      }),
    )
  })
})
