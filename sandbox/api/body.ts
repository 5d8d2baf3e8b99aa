import type { IncomingMessage } from 'node:http'
import { fieldsOf } from '@/lib/domain/raw'
import { apiVersionOf, type Kind } from './kinds'
import type { Draft } from './object'
import { Refusal } from './refusal'

const LIMIT_BYTES = 3 * 1024 * 1024

/** Reads a request's body. Errors: RequestEntityTooLarge above 3 MiB. */
export async function bytesIn(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > LIMIT_BYTES)
      throw new Refusal('RequestEntityTooLarge', `Request entity too large: limit is ${LIMIT_BYTES}`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Parses a body. Errors: BadRequest; `__proto__` is refused, since no object of Kubernetes has such a field. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) => {
      if (key === '__proto__') throw new SyntaxError('invalid field __proto__')
      return value
    })
  } catch (error) {
    const why = error instanceof Error ? error.message : 'not JSON'
    throw new Refusal('BadRequest', `error decoding: ${why}`)
  }
}

/** The media type of a body without its parameters. */
export const mediaTypeOf = (request: IncomingMessage): string =>
  (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''

/** Null means "not set" in Kubernetes: such fields are left out. */
function withoutNulls(raw: unknown): unknown {
  if (Array.isArray(raw)) return raw.map(withoutNulls)
  if (typeof raw !== 'object' || raw === null) return raw
  const kept = Object.entries(raw).filter(([, value]) => value !== null)
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutNulls(value)]))
}

const isTexts = (raw: unknown): boolean =>
  raw === undefined || (isMap(raw) && Object.values(fieldsOf(raw)).every(value => typeof value === 'string'))

const isMap = (raw: unknown): boolean => typeof raw === 'object' && raw !== null && !Array.isArray(raw)

const wrong = (kind: Kind, what: string) =>
  new Refusal(
    'BadRequest',
    `${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: json: cannot unmarshal ${what}`,
  )

const TEXT_FIELDS = ['name', 'namespace', 'generateName', 'uid', 'resourceVersion'] as const

/** Parts of each object that must be maps where they are there at all. */
const MAPS = ['spec', 'status', 'metadata']

/**
 * Takes untrusted JSON for an object of a kind.
 * Errors: BadRequest when it is of another kind, or its parts are of the wrong type.
 */
export function draftOf(kind: Kind, raw: unknown): Draft {
  if (!isMap(raw)) throw wrong(kind, 'non-object into Go value')
  const fields = fieldsOf(withoutNulls(raw))
  const apiVersion = fields.apiVersion ?? apiVersionOf(kind)
  const name = fields.kind ?? kind.kind
  if (apiVersion !== apiVersionOf(kind)) {
    const why = `the API version in the data (${String(apiVersion)}) does not match the expected API version (${apiVersionOf(kind)})`
    throw new Refusal('BadRequest', why)
  }
  if (name !== kind.kind) {
    throw new Refusal(
      'BadRequest',
      `the kind in the data (${String(name)}) does not match the expected kind (${kind.kind})`,
    )
  }
  for (const part of MAPS) {
    if (fields[part] !== undefined && !isMap(fields[part]))
      throw wrong(kind, `value into Go struct field .${part}`)
  }
  return {
    ...fields,
    apiVersion: apiVersionOf(kind),
    kind: kind.kind,
    metadata: metadataOf(kind, fields.metadata),
  }
}

function metadataOf(kind: Kind, raw: unknown): Draft['metadata'] {
  const fields = fieldsOf(raw)
  for (const field of TEXT_FIELDS) {
    const value = fields[field]
    if (value !== undefined && typeof value !== 'string')
      throw wrong(kind, `non-string into Go struct field .metadata.${field}`)
  }
  for (const field of ['labels', 'annotations'] as const) {
    if (!isTexts(fields[field]))
      throw wrong(kind, `non-string into Go struct field ObjectMeta.metadata.${field} of type string`)
  }
  for (const field of ['ownerReferences', 'finalizers', 'managedFields'] as const) {
    const value = fields[field]
    if (value !== undefined && !Array.isArray(value))
      throw wrong(kind, `non-list into Go struct field .metadata.${field}`)
  }
  return fields
}
