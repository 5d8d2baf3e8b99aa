import { jsonTypeOf } from '../body'
import type { Fields } from '../object'
import { Refusal } from '../refusal'
import { jsonPatched } from './json-patch'
import { mergePatched } from './merge-patch'
import { strategicPatched } from './strategic-patch'

/** A copy of an object after a patch of any form. Errors: UnsupportedMediaType, BadRequest, and those of the form. */
export function patched(target: Fields, mediaType: string, body: unknown): unknown {
  if (mediaType === 'application/merge-patch+json') return mergePatched(target, mapOf(body))
  if (mediaType === 'application/strategic-merge-patch+json') return strategicPatched(target, mapOf(body))
  if (mediaType === 'application/json-patch+json') {
    if (!Array.isArray(body)) throw unreadable(body, '[]handlers.jsonPatchOp')
    return jsonPatched(target, body)
  }
  throw new Refusal('UnsupportedMediaType', '415: Unsupported Media Type', {})
}

function mapOf(body: unknown): unknown {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body
  throw unreadable(body, 'map[string]interface {}')
}

const unreadable = (body: unknown, wanted: string) =>
  new Refusal(
    'BadRequest',
    `error decoding patch: json: cannot unmarshal ${jsonTypeOf(body)} into Go value of type ${wanted}`,
  )
