import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hostOf, parseTarget, rewritten } from '@/sandbox/gateway/uri'

describe('a request target is read as nginx reads it', () => {
  test.each([
    ['plain', '/user', '/user', ''],
    ['with a query', '/user?a=1?b', '/user', '?a=1?b'],
    ['decoded', '/us%65r', '/user', ''],
    ['utf-8', '/%E4%B8%AD', '/中', ''],
    ['double slashes merged', '//a///b', '/a/b', ''],
    ['dot segments resolved', '/a/./b/../c', '/a/c', ''],
    ['a trailing slash kept', '/a/', '/a/', ''],
    ['a trailing dot segment', '/a/b/..', '/a/', ''],
    ['encoded dot segments', '/a/%2e%2e/b', '/b', ''],
    ['absolute form', 'http://h:81/x?y', '/x', '?y'],
    ['absolute form without a path', 'http://h', '/', ''],
  ])('%s', (_case, line, path, query) => {
    expect(parseTarget(line)).toMatchObject({ path, query })
  })

  test('a fragment is no part of the path, and goes on to the upstream', () => {
    expect(parseTarget('/a#b')).toMatchObject({ path: '/a', query: '', raw: '/a#b' })
    expect(parseTarget('/a?b#c')).toMatchObject({ path: '/a', query: '?b', raw: '/a?b#c' })
  })

  test.each(['/..', '/a/../../b', '/%zz', '/%00', '*', 'user', ''])('%j is answered 400', line => {
    expect(parseTarget(line)).toBeNull()
  })

  test('no target makes it throw, and no path keeps a dot segment', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), line => {
        const path = parseTarget(`/${line}`)?.path ?? '/'
        expect(path.split('/')).not.toContain('..')
      }),
    )
  })

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
