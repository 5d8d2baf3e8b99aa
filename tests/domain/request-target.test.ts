import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseTarget } from '@/lib/domain/request-target'

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
})
