import 'server-only'
import type { z } from 'zod'
import { type Failure, fail, ok, type Result } from '@/lib/domain/problem'

/** Units: bytes, and levels of nesting. */
const LARGEST = 64 * 1024
const DEEPEST = 32

/**
 * Reads a request's JSON body as what the schema says.
 *
 * Errors: `unsupported-type`, `too-large`, `invalid-json`; `invalid-input` with the field for unknown fields and wrong
 * values.
 */
export async function readBody<S extends z.ZodType>(
  request: Request,
  schema: S,
): Promise<Result<z.infer<S>>> {
  if (!isJson(request.headers.get('content-type') ?? '')) {
    return fail('unsupported-type', 'Send the body as application/json in UTF-8')
  }
  const text = await readText(request)
  if (!text.ok) return text
  const json = parseJson(text.value)
  if (!json.ok) return json
  const parsed = schema.safeParse(json.value)
  return parsed.success ? ok(parsed.data) : wrongInput(parsed.error)
}

const isJson = (type: string) => /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type.trim())

async function readText(request: Request): Promise<Result<string>> {
  const tooLarge = fail('too-large', `The body is larger than ${LARGEST / 1024} kB`)
  if (Number(request.headers.get('content-length') ?? 0) > LARGEST) return tooLarge
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const notText = fail('invalid-json', 'The body is not UTF-8')
  let text = ''
  let size = 0
  const reader = request.body?.getReader()
  if (!reader) return ok('')
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    size += piece.value.byteLength
    if (size > LARGEST) {
      void reader.cancel().catch(() => undefined)
      return tooLarge
    }
    const decoded = decode(() => decoder.decode(piece.value, { stream: true }))
    if (decoded === null) return notText
    text += decoded
  }
  const rest = decode(() => decoder.decode())
  return rest === null ? notText : ok(text + rest)
}

function decode(read: () => string): string | null {
  try {
    return read()
  } catch {
    return null
  }
}

function parseJson(text: string): Result<unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return fail('invalid-json', 'The body is not JSON')
  }
  return odd(value, DEEPEST) ?? ok(value)
}

/** Looks for what no schema may ever see: nesting without end, and a key that would change a prototype. */
function odd(value: unknown, levels: number): Failure | null {
  if (typeof value !== 'object' || value === null) return null
  if (levels === 0) return fail('invalid-json', `The body is nested deeper than ${DEEPEST} levels`)
  if (Object.hasOwn(value, '__proto__')) {
    return fail('invalid-input', 'There is no field __proto__', { field: '__proto__' })
  }
  for (const part of Object.values(value)) {
    const found = odd(part, levels - 1)
    if (found) return found
  }
  return null
}

/** The first wrong field of what came in, in words. Errors: always `invalid-input`. */
export function wrongInput({ issues: [issue] }: z.ZodError): Failure {
  if (!issue) return fail('invalid-input', 'The body is not what this call takes')
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') {
    const field = [...path, issue.keys[0] ?? ''].join('.').slice(0, 200)
    return fail('invalid-input', 'There is no such field', { field, params: { rule: 'unknown-field' } })
  }
  const field = path.join('.').slice(0, 200)
  return fail('invalid-input', issue.message, { params: { rule: issue.code }, ...(field && { field }) })
}
