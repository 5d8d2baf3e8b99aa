import type { Fields } from './object'

/** The reasons of Kubernetes and the HTTP status that carries each. */
const CODES = {
  BadRequest: 400,
  Unauthorized: 401,
  Forbidden: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  AlreadyExists: 409,
  Conflict: 409,
  Expired: 410,
  RequestEntityTooLarge: 413,
  UnsupportedMediaType: 415,
  Invalid: 422,
  TooManyRequests: 429,
  InternalError: 500,
  ServiceUnavailable: 503,
  Timeout: 504,
  /** The real API server gives no reason for some of its refusals. */
  Unknown: 500,
} as const

/** Why the API server refuses a request, in Kubernetes' own words. */
export type Reason = keyof typeof CODES

/** One thing wrong with a field, as in the `causes` of a 422. */
export type Cause = { reason: string; message: string; field: string }

/** What the API server answers instead of doing what was asked; thrown inside, answered by the server as a Status. */
export class Refusal extends Error {
  readonly reason: Reason
  readonly details: Fields | undefined
  readonly retryAfterS: number | undefined

  constructor(reason: Reason, message: string, details?: Fields, retryAfterS?: number) {
    super(message)
    this.reason = reason
    this.details = details
    this.retryAfterS = retryAfterS
  }

  get code(): number {
    return CODES[this.reason]
  }

  /** The `Status` body. Source: Kubernetes 1.34, apimachinery/pkg/apis/meta/v1 Status. */
  body(): Fields {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      ...(this.reason !== 'Unknown' && { reason: this.reason }),
      ...(this.details && { details: this.details }),
      code: this.code,
    }
  }
}

type Named = { plural: string; group: string }

const inGroup = ({ plural, group }: Named) => (group ? `${plural}.${group}` : plural)

const detailsOf = ({ plural, group }: Named, name: string): Fields => ({
  ...(name && { name }),
  ...(group && { group }),
  kind: plural,
})

/** There is no such object. */
export const notFound = (kind: Named, name: string): Refusal =>
  new Refusal('NotFound', `${inGroup(kind)} "${name}" not found`, detailsOf(kind, name))

/** The name is taken. */
export const alreadyExists = (kind: Named, name: string): Refusal =>
  new Refusal('AlreadyExists', `${inGroup(kind)} "${name}" already exists`, detailsOf(kind, name))

/** Somebody else has changed the object since the version the client knows. */
export const conflict = (kind: Named, name: string, why = MODIFIED): Refusal =>
  new Refusal(
    'Conflict',
    `Operation cannot be fulfilled on ${inGroup(kind)} "${name}": ${why}`,
    detailsOf(kind, name),
  )

const MODIFIED = 'the object has been modified; please apply your changes to the latest version and try again'

/** The object breaks the rules of its kind. */
export function invalid(kind: Named & { kind: string }, name: string, causes: readonly Cause[]): Refusal {
  const lines = causes.map(cause => `${cause.field}: ${cause.message}`)
  const list = lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`
  const of = kind.group ? `${kind.kind}.${kind.group}` : kind.kind
  const details = { ...detailsOf({ plural: kind.kind, group: kind.group }, name), causes }
  return new Refusal('Invalid', `${of} "${name}" is invalid: ${list}`, details)
}

/** An option of the request, as `dryRun` is one of CreateOptions, is none that there is. */
export const wrongOption = (options: string, cause: Cause): Refusal =>
  invalid({ plural: '', group: 'meta.k8s.io', kind: options }, '', [cause])

/** Somebody may not do this; `why` names who and what. */
export const forbidden = (kind: Named, name: string, why: string, more: Fields = {}): Refusal =>
  new Refusal('Forbidden', `${inGroup(kind)}${name && ` "${name}"`} is forbidden: ${why}`, {
    ...detailsOf(kind, name),
    ...more,
  })

/** The list or watch goes back to a version whose history is gone. */
export const expired = (message: string): Refusal => new Refusal('Expired', message)
