import 'server-only'
import type { Accepted, ProblemBody } from '@/lib/contract'
import { type Problem, type Result, statusOf } from '@/lib/domain/problem'

/** What a route handler is given besides the request: the variable parts of its address. */
export type Context = { params: Promise<Readonly<Record<string, string | string[] | undefined>>> }
export type Handler = (request: Request, context: Context) => Promise<Response>

/** Answers are about now and for one reader: nobody in between may keep them. */
const UNSHARED = { 'cache-control': 'no-store' }

/** A value as the answer's body. */
export const jsonResponse = (value: unknown, status = 200): Response =>
  Response.json(value, { status, headers: UNSHARED })

/** The answer of what goes on without its caller: 202, or why it does not begin. */
export const acceptedResponse = (begun: Result<Accepted>): Result<never> | Response =>
  begun.ok ? jsonResponse(begun.value, 202) : begun

/**
 * A problem as the answer, with the status of its code.
 * Source: RFC 9457; `type` is a name, not an address: each code has a heading in docs/problems.md.
 */
export function problemResponse(problem: Problem, requestId: string): Response {
  const { code, title, params, field } = problem
  const status = statusOf[code]
  const body: ProblemBody = {
    type: `urn:halftone:problem:${code}`,
    status,
    code,
    title,
    ...(params && { params }),
    ...(field !== undefined && { field }),
    requestId,
  }
  const wait = params?.retryAfterSeconds
  const headers = {
    ...UNSHARED,
    'content-type': 'application/problem+json',
    'x-request-id': requestId,
    ...(wait !== undefined && { 'retry-after': String(wait) }),
  }
  return new Response(JSON.stringify(body), { status, headers })
}
