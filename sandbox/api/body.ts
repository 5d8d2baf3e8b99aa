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

/**
 * Parses a body; `what` begins the refusal of one that is no JSON.
 * Errors: BadRequest; `__proto__` is refused, since no object of Kubernetes has such a field.
 */
export function parsedJson(text: string, what = 'error decoding'): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) => {
      if (key === '__proto__') throw new SyntaxError('invalid field __proto__')
      return value
    })
  } catch (error) {
    const why = error instanceof Error ? error.message : 'not JSON'
    throw new Refusal('BadRequest', `${what}: ${why.replace(/^Unexpected/, 'unexpected')}`)
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

const isMap = (raw: unknown): boolean => typeof raw === 'object' && raw !== null && !Array.isArray(raw)

/** What Go calls the type of a JSON value. */
export const jsonTypeOf = (raw: unknown): string =>
  Array.isArray(raw) ? 'array' : typeof raw === 'boolean' ? 'bool' : typeof raw

/** A part of an object has the wrong type. */
export const wrong = (kind: Kind, what: string): Refusal =>
  unreadable(kind, kind.kind, `json: cannot unmarshal ${what}`)

const unreadable = (kind: Kind, named: string, why: string) =>
  new Refusal(
    'BadRequest',
    `${named} in version "${kind.version}" cannot be handled as a ${kind.kind}: ${why}`,
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
  if (apiVersion !== apiVersionOf(kind) || name !== kind.kind) {
    const why = `no kind "${String(name)}" is registered for version "${String(apiVersion)}" in scheme "pkg/runtime/scheme.go:110"`
    throw unreadable(kind, String(name), why)
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
      throw wrong(
        kind,
        `${jsonTypeOf(value)} into Go struct field ObjectMeta.metadata.${field} of type string`,
      )
  }
  for (const field of ['labels', 'annotations'] as const) {
    const odd = Object.values(fieldsOf(fields[field])).find(value => typeof value !== 'string')
    if (odd !== undefined)
      throw wrong(kind, `${jsonTypeOf(odd)} into Go struct field ObjectMeta.metadata.${field} of type string`)
    if (fields[field] !== undefined && !isMap(fields[field]))
      throw wrong(
        kind,
        `${jsonTypeOf(fields[field])} into Go struct field ObjectMeta.metadata.${field} of type map[string]string`,
      )
  }
  for (const field of ['ownerReferences', 'finalizers', 'managedFields'] as const) {
    const value = fields[field]
    if (value !== undefined && !Array.isArray(value))
      throw wrong(kind, `non-list into Go struct field .metadata.${field}`)
  }
  return fields
}
