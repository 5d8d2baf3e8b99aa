import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonPatched } from '@/sandbox/api/patch/json-patch'
import { mergePatched } from '@/sandbox/api/patch/merge-patch'
import { strategicPatched } from '@/sandbox/api/patch/strategic-patch'

describe('merge patch: the examples of RFC 7396, appendix A', () => {
  test.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j patched by %j is %j', (target, patch, expected) => {
    expect(mergePatched(target, patch)).toEqual(expected)
  })

  const texts = fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.string())

  test('patching twice is patching once, and nothing but the patched keys changes', () => {
    fc.assert(
      fc.property(
        texts,
        fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.option(fc.string())),
        (target, patch) => {
          const once = mergePatched(target, patch)
          expect(mergePatched(once, patch)).toEqual(once)
          const expected = Object.entries({ ...target, ...patch }).filter(([, value]) => value !== null)
          expect(once).toEqual(Object.fromEntries(expected))
        },
      ),
    )
  })
})

describe('JSON patch', () => {
  const target = { a: { 'b/c': 1, 'd~e': 2 }, list: ['x', 'y'] }

  test.each([
    ['add to the end', { op: 'add', path: '/list/-', value: 'z' }, { list: ['x', 'y', 'z'] }],
    ['add in between', { op: 'add', path: '/list/1', value: 'z' }, { list: ['x', 'z', 'y'] }],
    ['remove', { op: 'remove', path: '/list/0' }, { list: ['y'] }],
    ['replace', { op: 'replace', path: '/a/b~1c', value: 9 }, { a: { 'b/c': 9, 'd~e': 2 } }],
    ['a tilde in a name', { op: 'remove', path: '/a/d~0e' }, { a: { 'b/c': 1 } }],
    ['move', { op: 'move', from: '/list', path: '/moved' }, { moved: ['x', 'y'] }],
    ['copy', { op: 'copy', from: '/list/0', path: '/first' }, { first: 'x' }],
    ['test that holds', { op: 'test', path: '/a', value: { 'd~e': 2, 'b/c': 1 } }, {}],
  ])('%s', (_what, operation, expected) => {
    expect(jsonPatched(target, [operation])).toMatchObject(expected)
  })

  test.each([
    ['test that fails', { op: 'test', path: '/list/0', value: 'y' }],
    ['test of nothing', { op: 'test', path: '/none', value: 'y' }],
    ['a missing path', { op: 'remove', path: '/none' }],
    ['a missing parent', { op: 'add', path: '/none/x', value: 1 }],
    ['behind the end', { op: 'add', path: '/list/3', value: 1 }],
    ['an index that is none', { op: 'replace', path: '/list/01', value: 1 }],
    ['the prototype', { op: 'add', path: '/__proto__/polluted', value: true }],
    ['the constructor', { op: 'add', path: '/constructor/polluted', value: true }],
    ['an unknown operation', { op: 'burn', path: '/a' }],
    ['the whole', { op: 'remove', path: '' }],
  ])('%s is refused', (_what, operation) => {
    expect(() => jsonPatched(target, [operation])).toThrow()
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    expect(Object.hasOwn(Object, 'polluted')).toBe(false)
  })

  test('the object that is patched stays as it was', () => {
    const before = structuredClone(target)
    jsonPatched(target, [{ op: 'remove', path: '/list/0' }])
    expect(target).toEqual(before)
  })
})

describe('strategic merge patch', () => {
  const containers = [
    { name: 'a', image: 'a:1', ports: [{ containerPort: 80 }], args: ['x'] },
    { name: 'b', image: 'b:1' },
  ]

  test.each([
    [
      'merges by name',
      { containers: [{ name: 'b', image: 'b:2' }] },
      { containers: [containers[0], { name: 'b', image: 'b:2' }], rules: [1] },
    ],
    [
      'adds what is new',
      { containers: [{ name: 'c' }] },
      { containers: [...containers, { name: 'c' }], rules: [1] },
    ],
    [
      'deletes on wish',
      { containers: [{ name: 'a', $patch: 'delete' }] },
      { containers: [containers[1]], rules: [1] },
    ],
    [
      'replaces on wish',
      { containers: [{ $patch: 'replace' }, { name: 'c' }] },
      { containers: [{ name: 'c' }], rules: [1] },
    ],
    ['replaces lists without a key', { rules: [2] }, { containers, rules: [2] }],
    ['takes away what is null', { containers: null }, { rules: [1] }],
  ])('%s', (_what, patch, expected) => {
    expect(strategicPatched({ containers, rules: [1] }, patch)).toEqual(expected)
  })

  test('plain lists inside a merged item are replaced', () => {
    const patched = strategicPatched({ containers }, { containers: [{ name: 'a', args: ['y'] }] })
    expect(patched).toMatchObject({ containers: [{ args: ['y'], image: 'a:1' }, { name: 'b' }] })
  })

  test('an item without its key is refused', () => {
    expect(() => strategicPatched({ containers }, { containers: [{ image: 'x' }] })).toThrow('merge key')
  })

  test('only the fields to retain stay', () => {
    const patch = { strategy: { $retainKeys: ['type'], type: 'Recreate' } }
    expect(strategicPatched({ strategy: { type: 'RollingUpdate', rollingUpdate: {} } }, patch)).toEqual({
      strategy: { type: 'Recreate' },
    })
  })
})
