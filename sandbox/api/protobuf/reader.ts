import { fieldsOf, textOf } from '@/lib/domain/raw'
import type { Fields } from '../object'
import { Refusal } from '../refusal'

/** How one field of a message is read, and its name in JSON. */
export type Field = {
  name: string
  read: 'text' | 'whole' | 'count' | 'flag' | 'texts' | 'bytes' | 'ignored' | Message | IntOrText
  repeated?: boolean
}

/** Fields of a message by their number. */
export type Message = { readonly [number: number]: Field }

/** A number or a text, as ports and percentages are. */
export type IntOrText = 'int-or-text'

type Wire = { number: number; value: number | Buffer }

const bad = (why: string) => new Refusal('BadRequest', `error decoding protobuf: ${why}`)

function varint(bytes: Buffer, from: number): { value: number; next: number } {
  let value = 0
  for (let i = 0; i < 10; i++) {
    const byte = bytes[from + i]
    if (byte === undefined) break
    value += (byte & 127) * 2 ** (7 * i)
    if (byte < 128) return { value, next: from + i + 1 }
  }
  throw bad('a number does not end')
}

function* fieldsIn(bytes: Buffer): Generator<Wire> {
  let at = 0
  while (at < bytes.length) {
    const { value: tag, next } = varint(bytes, at)
    const number = Math.floor(tag / 8)
    if (tag % 8 === 0) {
      const { value, next: after } = varint(bytes, next)
      yield { number, value }
      at = after
    } else if (tag % 8 === 2) {
      const { value: length, next: start } = varint(bytes, next)
      if (start + length > bytes.length) throw bad('a field is cut off')
      yield { number, value: bytes.subarray(start, start + length) }
      at = start + length
    } else throw bad('a field of a type that Kubernetes does not use')
  }
}

const PAIR: Message = { 1: { name: 'key', read: 'text' }, 2: { name: 'value', read: 'text' } }

function intOrText(bytes: Buffer): number | string {
  let [isText, whole, text] = [false, 0, '']
  for (const { number, value } of fieldsIn(bytes)) {
    if (number === 1) isText = value === 1
    else if (number === 2 && typeof value === 'number') whole = value
    else if (number === 3 && Buffer.isBuffer(value)) text = value.toString()
  }
  return isText ? text : whole
}

const SIGN = 2 ** 63

function fieldValue({ read, name }: Field, value: number | Buffer): unknown {
  if (typeof value === 'number') {
    if (read === 'flag') return value !== 0
    if (read === 'whole' || read === 'count') return value >= SIGN ? value - 2 ** 64 : value
    throw bad(`${name} is no number`)
  }
  if (read === 'text') return value.toString('utf8')
  if (read === 'bytes') return value
  if (read === 'texts') return decoded(PAIR, value)
  if (read === 'int-or-text') return intOrText(value)
  if (typeof read === 'object') return decoded(read, value)
  throw bad(`${name} is a number`)
}

/**
 * Reads one message into what its JSON would be. Empty texts, 0 and false are left out, as JSON does; a `count` of 0 is not.
 * Errors: UnsupportedMediaType for a field that `message` does not list, so that nothing is lost silently.
 * Source: protobuf encoding; Kubernetes' generated.proto.
 */
export function decoded(message: Message, bytes: Buffer): Fields {
  const fields: Record<string, unknown> = {}
  for (const { number, value } of fieldsIn(bytes)) {
    const field = message[number]
    if (Buffer.isBuffer(value) && value.length === 0 && field?.read !== 'int-or-text') continue
    if (value === 0 && field?.read !== 'count') continue
    if (!field)
      throw new Refusal(
        'UnsupportedMediaType',
        `the sandbox reads field ${number} of this message only as JSON`,
      )
    if (field.read !== 'ignored') keep(fields, field, fieldValue(field, value))
  }
  return fields
}

function keep(fields: Record<string, unknown>, field: Field, value: unknown): void {
  const present = fields[field.name]
  if (field.read === 'texts') {
    const { key, value: text } = fieldsOf(value)
    fields[field.name] = { ...fieldsOf(present), [textOf(key)]: textOf(text) }
  } else if (field.repeated) fields[field.name] = [...(Array.isArray(present) ? present : []), value]
  else fields[field.name] = value
}
