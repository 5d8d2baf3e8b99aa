import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Manifest } from '@/lib/domain/model/start'
import { pageOf, yamlOf } from '@/lib/server/start/page'

const manifest = (spec: unknown, name = 'user-v2'): Manifest => ({
  spec,
  metadata: { namespace: 'shop', name, labels: { app: name } },
  kind: 'Deployment',
  apiVersion: 'apps/v1',
})
const told = (object: Manifest, stable: Manifest) =>
  pageOf(object, stable).lines.map(({ sign, text }) => `${sign || ' '} ${text}`)

describe('the YAML of a review', () => {
  test('stands in the order in which kubectl prints an object', () => {
    expect(yamlOf(manifest({ template: { b: 1, a: [{ name: 'x', image: 'z' }] }, replicas: 3 }))).toBe(
      [
        'apiVersion: apps/v1',
        'kind: Deployment',
        'metadata:',
        '  labels:',
        '    app: user-v2',
        '  name: user-v2',
        '  namespace: shop',
        'spec:',
        '  replicas: 3',
        '  template:',
        '    a:',
        '    - image: z',
        '      name: x',
        '    b: 1',
        '',
      ].join('\n'),
    )
  })

  test.each(
    [
      'true',
      'on',
      'Yes',
      'n',
      '0',
      '0123',
      '0x1f',
      '1e3',
      '1:30',
      '1_000',
      '.inf',
      '~',
      'null',
      '',
      '=',
      '<<',
    ].concat(
      [
        '2026-01-01',
        '- x',
        'a: b',
        ' a',
        'a ',
        '# a',
        '*a',
        '&a',
        '!a',
        '%a',
        '@a',
        '`a',
        'a\nb',
        'a\n',
        '\n',
        '\ta',
      ].concat([
        'é',
        '𝕏',
        '\u2028',
        '\u0007',
        '---',
        '...',
        '"a"',
        "'a'",
        'x'.repeat(300).replaceAll('xxx', 'x y'),
      ]),
    ),
  )('the text %j stays that text for every reader of YAML', text => {
    const object = manifest({ args: [text], nodeSelector: { key: text } })
    for (const version of ['1.1', '1.2'] as const) {
      expect(parse(yamlOf(object), { version })).toEqual(object)
    }
  })

  test('reads back as the object that would be written, whatever stands in it', () => {
    // `<<` is no name of anything in Kubernetes: as a key YAML 1.1 takes it for a merge, quoted or not.
    const spec = fc
      .jsonValue()
      .map(value => JSON.stringify(value))
      .filter(text => !text.includes('"<<":'))
      .map(text => JSON.parse(text) as unknown)
    fc.assert(
      fc.property(spec, value => {
        const object = manifest({ value, again: value })
        expect(parse(yamlOf(object), { version: '1.1' })).toEqual(object)
      }),
    )
  })
})

describe('a page of a review', () => {
  test('marks what is only in the stable version’s object before what is only in the new one', () => {
    const stable = manifest({ replicas: 3, image: 'nginx:user-v1' }, 'user-v1')
    expect(told(manifest({ replicas: 3, image: 'nginx:user-v2', paused: false }), stable)).toEqual([
      '  apiVersion: apps/v1',
      '  kind: Deployment',
      '  metadata:',
      '    labels:',
      '-     app: user-v1',
      '-   name: user-v1',
      '+     app: user-v2',
      '+   name: user-v2',
      '    namespace: shop',
      '  spec:',
      '-   image: nginx:user-v1',
      '+   image: nginx:user-v2',
      '+   paused: false',
      '    replicas: 3',
    ])
  })

  test('without the lines of the old object it is the whole YAML, whatever the two objects are', () => {
    const spec = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string()), fc.integer()))
    fc.assert(
      fc.property(spec, spec, (one, other) => {
        const [object, stable] = [manifest(one), manifest(other, 'user-v1')]
        const { lines } = pageOf(object, stable)
        const text = (kept: string) =>
          lines.filter(({ sign }) => sign === '' || sign === kept).map(each => each.text)
        expect(`${text('+').join('\n')}\n`).toBe(yamlOf(object))
        expect(`${text('-').join('\n')}\n`).toBe(yamlOf(stable))
      }),
    )
  })

  test('an object too different to compare is all gone and all new', () => {
    const many = (word: string) =>
      manifest({ args: Array.from({ length: 2_000 }, (_, at) => `${word}${at}`) })
    const signs = pageOf(many('new'), many('old')).lines.map(({ sign }) => sign)
    expect(signs.slice(0, 2_008).every(sign => sign === '-')).toBe(true)
    expect(signs.slice(-2_000).every(sign => sign === '+')).toBe(true)
  })
})
