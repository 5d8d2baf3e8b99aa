import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { objectIn } from '@/sandbox/api/protobuf/envelope'
import { decoded, type Message } from '@/sandbox/api/protobuf/reader'
import { Refusal } from '@/sandbox/api/refusal'

const length = (number: number, bytes: Buffer) =>
  Buffer.concat([Buffer.from([number * 8 + 2, bytes.length]), bytes])
const text = (number: number, value: string) => length(number, Buffer.from(value))
const envelope = (kind: string, raw: Buffer) =>
  Buffer.concat([
    Buffer.from('k8s\0'),
    length(1, Buffer.concat([text(1, 'v1'), text(2, kind)])),
    length(2, raw),
  ])

const message: Message = {
  1: { name: 'text', read: 'text' },
  2: { name: 'whole', read: 'whole' },
  3: { name: 'list', read: 'text', repeated: true },
  4: { name: 'texts', read: 'texts' },
  5: { name: 'port', read: 'int-or-text' },
  6: { name: 'count', read: 'count' },
}

describe('protobuf of Kubernetes', () => {
  test('a Namespace as kubectl sends it', () => {
    const raw = Buffer.concat([
      length(1, text(1, 'shop')),
      length(2, Buffer.alloc(0)),
      length(3, Buffer.alloc(0)),
    ])
    expect(objectIn(envelope('Namespace', raw))).toEqual({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop' },
    })
  })

  test('texts, lists, maps, numbers and ports by number or name', () => {
    const pair = (key: string, value: string) => length(4, Buffer.concat([text(1, key), text(2, value)]))
    const named = length(5, Buffer.concat([Buffer.from([8, 1, 16, 0]), text(3, 'http')]))
    const bytes = Buffer.concat([
      text(1, 'é'),
      Buffer.from([16, 172, 2]),
      text(3, 'a'),
      text(3, 'b'),
      pair('k', 'v'),
      pair('l', 'w'),
      named,
    ])
    const expected = { text: 'é', whole: 300, list: ['a', 'b'], texts: { k: 'v', l: 'w' }, port: 'http' }
    expect(decoded(message, bytes)).toEqual(expected)
    expect(decoded(message, length(5, Buffer.from([8, 0, 16, 80])))).toEqual({ port: 80 })
  })

  test('zero is left out where it means "not set", and kept where it is a number of pods', () => {
    expect(decoded(message, Buffer.from([16, 0, 48, 0]))).toEqual({ count: 0 })
  })

  test('a field that is not known is refused rather than lost', () => {
    expect(() => decoded(message, text(9, 'x'))).toThrow('only as JSON')
    expect(() => objectIn(envelope('Secret', text(1, 'x')))).toThrow('only as JSON')
  })

  test('whatever the bytes, it answers or refuses', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), bytes => {
        try {
          objectIn(Buffer.concat([Buffer.from('k8s\0'), bytes]))
          decoded(message, Buffer.from(bytes))
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal)
        }
      }),
    )
  })
})
