import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Store, type Stored } from '@/lib/server/kubernetes/store'
import { isEarlier, isLater } from '@/lib/server/kubernetes/version'

const object = (name: string, version: number, uid = name): Stored => ({
  namespace: 'shop',
  name,
  uid,
  resourceVersion: String(version),
})

test('versions compare as whole numbers of any length', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n }), fc.bigInt({ min: 0n }), (a, b) => {
      expect(isLater(String(a), String(b))).toBe(a > b)
      expect(isEarlier(String(a), String(b))).toBe(a < b)
    }),
  )
})

test('a version that is no number is never held back', () => {
  expect(isLater('abc', '5')).toBe(true)
  expect(isLater('5', 'abc')).toBe(true)
  expect(isEarlier('abc', '5')).toBe(false)
})

test('whatever order events come in, and however often, the last state wins', () => {
  const event = fc.record({ name: fc.constantFrom('a', 'b'), isDeleted: fc.boolean() })
  const history = fc.array(event, { maxLength: 12 }).chain(events => {
    const numbered = events.map((each, index) => ({ ...each, version: index + 1 }))
    return fc.record({
      numbered: fc.constant(numbered),
      shuffled: fc.shuffledSubarray(numbered, { minLength: numbered.length }),
      twice: fc.shuffledSubarray(numbered),
    })
  })
  fc.assert(
    fc.property(history, ({ numbered, shuffled, twice }) => {
      const store = new Store()
      for (const { name, isDeleted, version } of [...shuffled, ...twice]) {
        if (isDeleted) store.remove(object(name, version), String(version))
        else store.put(object(name, version))
      }
      for (const name of ['a', 'b']) {
        const last = numbered.filter(each => each.name === name).at(-1)
        const wanted = last && !last.isDeleted ? String(last.version) : undefined
        expect(store.get('shop', name)?.resourceVersion).toBe(wanted)
      }
    }),
  )
})

test('after a complete list exactly what it named is left, except what is newer than the list', () => {
  const gone: string[] = []
  const store = new Store(({ before, after }) => after ?? gone.push(before?.name ?? ''))
  for (const each of [object('kept', 1), object('missed', 2), object('newer', 9)]) store.put(each)
  store.put({ ...object('elsewhere', 3), namespace: 'other' })
  store.keepOnly(new Set(['shop/kept']), 'shop', '5')
  expect(gone).toEqual(['missed'])
  expect(store.all().map(each => each.name)).toEqual(['kept', 'newer', 'elsewhere'])
})

test('an object made anew under the same name replaces the old one', () => {
  const store = new Store()
  store.put(object('a', 1, 'first'))
  store.remove(object('a', 1, 'first'), '2')
  store.put(object('a', 3, 'second'))
  expect(store.get('shop', 'a')?.uid).toBe('second')
})

test('the memory of deletions is bounded', () => {
  const store = new Store()
  for (let i = 0; i < 2_100; i += 1) store.remove(object(`s${i}`, i), String(i + 1))
  store.put(object('s0', 0))
  store.put(object('s2099', 2_099))
  expect(store.all().map(each => each.name)).toEqual(['s0'])
})
