import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { envOf, isTwice, rowsOf, withoutRow, withRow } from '@/components/start/env-draft'
import { namesOf } from '@/components/start/names'
import { startAddressOf, startHref } from '@/components/start/start-address'
import { draftOf, requestOf, stepOf, tagRange } from '@/components/start/start-draft'
import { foldedLines, yamlOf } from '@/components/start/yaml-fold'
import { userOffer } from '@/tests/fixtures/starts'

test.each([
  ['nginx:user-v1', 'user-v1'],
  ['registry:5000/team/app', ''],
  ['registry:5000/team/app:1.2', '1.2'],
  ['app@sha256:abc', '@sha256:abc'],
  ['app:1@sha256:abc', '1@sha256:abc'],
  ['app', ''],
  ['', ''],
])('of %s one types over %j', (image, part) => {
  expect(image.slice(...tagRange(image))).toBe(part)
})

test.each([
  ['image', 'version'],
  ['suffix', 'version'],
  ['env', 'version'],
  ['rules.header.name', 'traffic'],
  ['header.pattern', 'traffic'],
  ['weight', 'traffic'],
  ['path', 'route'],
  ['reason', undefined],
  ['constructor', undefined],
  [undefined, undefined],
])('a problem with %s is told in the step %s', (field, step) => {
  expect(stepOf(field)).toBe(step)
})

describe('the address', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  test('says the same route when it is read again, whatever the names', () => {
    const route = fc.record({
      namespace: text,
      ingress: text,
      host: fc.string(),
      path: fc.string(),
      pathType: text,
    })
    fc.assert(
      fc.property(text, route, text, (cluster, chosen, operation) => {
        const address = { cluster, route: chosen, operation }
        const read = new URL(startHref(address), 'http://x').searchParams
        expect(startAddressOf(read)).toEqual(address)
      }),
    )
  })

  test.each([
    '',
    '?cluster=c&namespace=a',
    '?cluster=c&ingress=b&path=/',
    '?cluster=c&namespace=&ingress=b&path=/',
    '?namespace=a&ingress=b&path=/',
  ])('%s names no route', search => {
    expect(startAddressOf(new URLSearchParams(search)).route).toBeNull()
  })
})

describe('variables', () => {
  const rows = rowsOf([
    { name: 'A', value: '1' },
    { name: 'S', value: null },
  ])
  const [first, secret] = rows

  test('as in stable ask for nothing', () => expect(envOf(rows)).toEqual({}))

  test('changed, added and left out are asked for by name', () => {
    if (!first || !secret) throw new Error('rows are missing')
    const changed = rows.map(row => (row === first ? { ...row, value: '2' } : row))
    const more = withRow(withoutRow(changed, secret)).map(row =>
      row.from === null ? { ...row, name: ' B ', value: 'x' } : row,
    )
    expect(envOf(more)).toEqual({ A: '2', S: null, B: 'x' })
  })

  test('a new one without a name is none, and goes when it is removed', () => {
    const more = withRow(rows)
    expect(envOf(more)).toEqual({})
    const [, , added] = more
    expect(added && withoutRow(more, added)).toEqual(rows)
  })

  test('the same name twice is seen', () => {
    const more = withRow(rows).map(row => (row.from === null ? { ...row, name: 'A' } : row))
    expect(more.map(row => isTwice(more, row))).toEqual([true, false, true])
  })

  test('a name that objects have by nature is a name like any other', () => {
    const more = withRow([]).map(row => ({ ...row, name: '__proto__', value: 'x' }))
    expect(JSON.stringify(envOf(more))).toBe('{"__proto__":"x"}')
  })
})

test('a stable version without pods is released with one', () => {
  const offer = userOffer()
  const deployments = offer.deployments.map(each => ({ ...each, replicas: 0 }))
  expect(draftOf({ ...offer, deployments }).replicas).toBe(1)
})

test('a parked draft asks for neither rules nor weight', () => {
  const offer = userOffer()
  const request = requestOf(offer.route, draftOf(offer))
  expect([request.rules, request.weight, request.env]).toEqual([undefined, undefined, undefined])
})

test('names follow the suffix; of another Deployment only the review knows them', () => {
  const offer = userOffer()
  expect(namesOf(offer, { deployment: 'user-v1', suffix: 'v7' })).toEqual({
    deployment: 'user-v7',
    service: 'service-user-v7',
  })
  expect(namesOf(offer, { deployment: 'user-blue', suffix: 'v7' })).toBeNull()
  expect(namesOf(offer, { deployment: 'user-v1', suffix: ' ' })).toBeNull()
})

describe('the YAML of a review', () => {
  const line = fc.record({
    sign: fc.constantFrom('', '', '', '', '-', '+'),
    text: fc.string(),
  }) as fc.Arbitrary<{
    sign: '' | '-' | '+'
    text: string
  }>
  test('loses no line, hides no difference, and counts the lines of the new object', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), lines => {
        const stretches = foldedLines(lines)
        const all = stretches.flatMap(each => each.lines)
        expect(all.map(({ sign, text }) => ({ sign, text }))).toEqual(lines)
        const hidden = stretches.filter(each => each.kind === 'folded')
        expect(hidden.every(each => each.lines.length >= 4 && each.lines.every(one => one.sign === ''))).toBe(
          true,
        )
        const numbers = all.flatMap(each => (each.number === null ? [] : [each.number]))
        expect(numbers).toEqual(numbers.map((_, index) => index + 1))
        const page = { kind: 'A', name: 'a', lines }
        expect(yamlOf(page)).toBe(
          lines
            .filter(each => each.sign !== '-')
            .map(each => `${each.text}\n`)
            .join(''),
        )
      }),
    )
  })
})
