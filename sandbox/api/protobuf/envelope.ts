import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'
import type { Fields } from '../object'
import { Refusal } from '../refusal'
import { MESSAGES } from './messages'
import { decoded } from './reader'

/** Media type of Kubernetes' own wire format. */
export const PROTOBUF = 'application/vnd.kubernetes.protobuf'

const MAGIC = Buffer.from('k8s\0')

/** The object inside the envelope that every protobuf body of Kubernetes has. Errors: UnsupportedMediaType, BadRequest. */
export function objectIn(bytes: Buffer): Fields {
  if (!bytes.subarray(0, 4).equals(MAGIC)) {
    throw new Refusal('BadRequest', 'provided data does not appear to be a protobuf message')
  }
  const { type, raw } = unwrapped(bytes.subarray(4))
  const message = MESSAGES[textOf(type.kind)]
  if (!message)
    throw new Refusal('UnsupportedMediaType', `the sandbox reads a ${textOf(type.kind)} only as JSON`)
  const object = decoded(message, raw)
  return { ...type, ...object, ...(type.kind === 'Ingress' && { spec: flattened(fieldsOf(object.spec)) }) }
}

/** Source: apimachinery runtime.Unknown: 1 the type, 2 the object's own bytes. */
function unwrapped(bytes: Buffer): { type: Fields; raw: Buffer } {
  const type = decoded(
    {
      1: {
        name: 'type',
        read: { 1: { name: 'apiVersion', read: 'text' }, 2: { name: 'kind', read: 'text' } },
      },
      2: IGNORED,
      3: IGNORED,
      4: IGNORED,
    },
    bytes,
  )
  const { raw } = decoded({ 1: IGNORED, 2: { name: 'raw', read: 'bytes' }, 3: IGNORED, 4: IGNORED }, bytes)
  return { type: fieldsOf(type.type), raw: Buffer.isBuffer(raw) ? raw : Buffer.alloc(0) }
}

const IGNORED = { name: '', read: 'ignored' } as const

/** The rules' `http` lies one level deeper in protobuf than in JSON. */
const flattened = (spec: Fields): Fields =>
  Array.isArray(spec.rules)
    ? {
        ...spec,
        rules: itemsOf(spec.rules).map(rule => ({
          ...withoutValue(fieldsOf(rule)),
          ...fieldsOf(fieldsOf(rule).value),
        })),
      }
    : spec

const withoutValue = ({ value: _value, ...rule }: Fields): Fields => rule
