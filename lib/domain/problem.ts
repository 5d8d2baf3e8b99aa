/** Every failure we expect, and the HTTP status that reports it. Anything else is a bug and is thrown. */
export const statusOf = {
  'invalid-json': 400,
  'read-only': 403,
  'foreign-origin': 403,
  'cluster-forbids': 403,
  'not-found': 404,
  'operation-lost': 404,
  'method-not-allowed': 405,
  'stale-edit': 409,
  'owned-elsewhere': 409,
  'already-exists': 409,
  'already-released': 409,
  'operation-running': 409,
  'operation-stopped': 409,
  'not-parked': 409,
  'too-large': 413,
  'unsupported-type': 415,
  'wrong-host': 421,
  'invalid-input': 422,
  'total-only-edit': 422,
  'not-a-canary': 422,
  'ambiguous-route': 422,
  'ambiguous-deployment': 422,
  'ambiguous-container': 422,
  'selector-overlap': 422,
  'not-clonable': 422,
  'not-mendable': 422,
  'pods-not-ready': 422,
  'no-endpoints': 422,
  'not-reachable': 422,
  'cluster-refuses': 422,
  'too-many-requests': 429,
  internal: 500,
  'cluster-unreachable': 503,
  'cluster-busy': 503,
} as const

export type ProblemCode = keyof typeof statusOf
export type Params = Readonly<Record<string, string | number | boolean | null>>

/** `title` is for the operator, in English; the UI says it in the reader's language by `code` and `params`. */
export type Problem = { code: ProblemCode; title: string; params?: Params; field?: string }
export type Failure = { ok: false; problem: Problem }
export type Result<T> = { ok: true; value: T } | Failure

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })

export const fail = (
  code: ProblemCode,
  title: string,
  more: { params?: Params; field?: string } = {},
): Failure => ({ ok: false, problem: { code, title, ...more } })
