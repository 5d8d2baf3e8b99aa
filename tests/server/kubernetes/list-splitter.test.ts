import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ListSplitter } from '@/lib/server/kubernetes/list-splitter'

function split(text: string, cuts: readonly number[] = [], limit?: number) {
  const items: unknown[] = []
  const splitter = new ListSplitter(item => items.push(JSON.parse(item)), limit)
  const bytes = Buffer.from(text, 'utf8')
  let start = 0
  for (const cut of [...cuts].map(each => each % (bytes.length + 1)).sort((a, b) => a - b)) {
    splitter.push(bytes.subarray(start, cut))
    start = cut
  }
  splitter.push(bytes.subarray(start))
  return { items, list: splitter.end() }
}

const item = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue())
const rest = fc.dictionary(
  fc.string().filter(key => key !== 'items' && key !== '__proto__'),
  fc.jsonValue(),
)

test('items come out whole and in order, wherever the bytes were cut and whatever stands around them', () => {
  fc.assert(
    fc.property(
      fc.array(item),
      rest,
      rest,
      fc.array(fc.nat()),
      fc.constantFrom(0, 2),
      (items, before, after, cuts, indent) => {
        const list = { ...before, items, ...after }
        const given = split(JSON.stringify(list, null, indent), cuts)
        expect(given.items).toEqual(JSON.parse(JSON.stringify(items)))
        expect(given.list).toEqual(JSON.parse(JSON.stringify({ ...list, items: [] })))
      },
    ),
    { numRuns: 300 },
  )
})

test('only the list’s own items count, not those of its metadata or of an item', () => {
  const list = {
    metadata: { items: [{ a: 1 }] },
    other: [{ items: [{ b: 1 }] }],
    items: [{ items: [{ c: 1 }] }],
  }
  expect(split(JSON.stringify(list)).items).toEqual([{ items: [{ c: 1 }] }])
})

test.each(['{"items":null}', '{"items":[]}', '{"metadata":{}}'])('%s has no items', text => {
  expect(split(text)).toEqual({ items: [], list: JSON.parse(text) })
})

test.each(['', '{"items":[{"a":1}', '{"items":[{"a"', 'nonsense', '<html>'])('%s was no whole list', text => {
  expect(() => split(text)).toThrow()
})

test('an item longer than the limit is refused before it is held in memory', () => {
  const splitter = new ListSplitter(() => undefined, 1_000)
  const push = () => {
    splitter.push(Buffer.from('{"items":[{"a":"'))
    for (;;) splitter.push(Buffer.alloc(100, 120))
  }
  expect(push).toThrow('item too long')
})
