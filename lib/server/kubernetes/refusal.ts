import 'server-only'
import { type Failure, fail, type Problem } from '@/lib/domain/problem'
import { textOf } from '@/lib/domain/raw'

/**
 * A failed call to the API server: the problem for people, and what a loop needs to decide whether to try again.
 *
 * Units: `status` is the HTTP status, 0 without an answer; `retryAfterMs` is what the server asked for, else null.
 */
export type Refusal = Failure & { status: number; retryAfterMs: number | null }

/** What one call to the API server gives. */
export type Outcome<T> = { ok: true; value: T } | Refusal

const MESSAGE_LIMIT = 500
/** How long to wait for a busy cluster that does not say it. */
const BUSY_MS = 1_000

/** A refusal without an HTTP answer. */
export const refuse = (problem: Problem): Refusal => ({ ok: false, problem, status: 0, retryAfterMs: null })

/**
 * Says what an error answer of the API server means for the operator.
 *
 * Errors: 401, 403 → cluster-forbids; 404 → not-found; 409 → already-exists for a new object, else stale-edit; 400, 422 →
 * cluster-refuses; 429 → cluster-busy; the rest → cluster-unreachable. A 403 of a quota, a webhook or an ending namespace is no
 * missing right: cluster-refuses. A 422 about the uid is a 409: the object was made anew under the same name. A 500
 * because a webhook could not be asked is a refusal: the API server did answer, and nothing was written.
 * Source: Kubernetes API conventions, "Response Status Kind"; tests/contract/writes.ts.
 */
export function explainAnswer(status: number, text: string, retryAfter: string | undefined): Refusal {
  const said = statusIn(text)
  const meant = status === 422 && isOfUid(said) ? 409 : status
  const message = typeof said.message === 'string' ? said.message.slice(0, MESSAGE_LIMIT) : ''
  const retryAfterMs = waitOf(retryAfter)
  const { problem } = alreadyExists(said, message) ?? explain(meant, message, retryAfterMs ?? BUSY_MS)
  return { ok: false, problem, status: meant, retryAfterMs }
}

/** What the API server says when a webhook with `failurePolicy: Fail` is down or crashes; as a rule that is ingress-nginx's. */
const NO_WEBHOOK = /^Internal error occurred: failed calling webhook "/

/** A 403 that comes from admission, not from rights. Source: apiserver's admission.NewForbidden, webhook/errors. */
const BY_ADMISSION = /denied the request|is forbidden: (?!User ")/

function explain(status: number, message: string, waitMs: number): Failure {
  const more = { params: { status, message } }
  const said = message ? `: ${message}` : ''
  if (status === 401) {
    return fail('cluster-forbids', 'The cluster does not accept the credentials; they may have expired', more)
  }
  if (status === 403 && !BY_ADMISSION.test(message))
    return fail('cluster-forbids', `The cluster does not allow this${said}`, more)
  if (status === 404) return fail('not-found', `The cluster does not have it${said}`, more)
  if (status === 409)
    return fail('stale-edit', 'Somebody else has changed the object meanwhile; nothing was written', more)
  if (status === 429) {
    const params = { ...more.params, retryAfterSeconds: waitMs / 1_000 }
    return fail('cluster-busy', 'The cluster is busy and asks to wait before the next request', { params })
  }
  if (NO_WEBHOOK.test(message))
    return fail('cluster-refuses', `The cluster cannot ask the webhook that must allow this${said}`, more)
  if (status < 500) return fail('cluster-refuses', `The cluster refuses this${said}`, more)
  return fail('cluster-unreachable', `The API server answers with an error (${status})${said}`, more)
}

/** Somebody has an object of this name already. Source: metav1.StatusReasonAlreadyExists; tests/contract/creations.ts. */
function alreadyExists({ reason, details }: Status, message: string): Failure | null {
  if (reason !== 'AlreadyExists') return null
  const params = { status: 409, message, kind: textOf(details?.kind), name: textOf(details?.name) }
  return fail('already-exists', `The cluster has it already: ${message}`, { params })
}

type Status = {
  reason?: unknown
  message?: unknown
  details?: { name?: unknown; kind?: unknown; causes?: { field?: unknown }[] }
}

function statusIn(text: string): Status {
  try {
    return (JSON.parse(text) as Status | null) ?? {}
  } catch {
    return {}
  }
}

const isOfUid = ({ details }: Status): boolean =>
  Array.isArray(details?.causes) && details.causes.some(each => each?.field === 'metadata.uid')

function waitOf(retryAfter: string | undefined): number | null {
  return retryAfter && /^\d{1,5}$/.test(retryAfter) ? Number(retryAfter) * 1000 : null
}

const TLS_TITLES: Record<string, string> = {
  CERT_HAS_EXPIRED: "The API server's certificate has expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "The API server's certificate is for another host name",
}
const TLS_CODE = /CERT|SIGNATURE|^ERR_(TLS|SSL)|ISSUER|^EPROTO$/

const NETWORK_TITLES: Record<string, string> = {
  ECONNREFUSED: 'Nothing answers at the address of the API server',
  ENOTFOUND: 'The host name of the API server is not known',
  EAI_AGAIN: 'The host name of the API server cannot be looked up at present',
  UND_ERR_CONNECT_TIMEOUT: 'The API server does not answer',
  UND_ERR_HEADERS_TIMEOUT: 'The API server does not answer',
}

/**
 * Says why no answer came: refused, unknown host, certificate not trusted, cut off. Never quotes what was sent.
 * Errors: cluster-unreachable, always.
 */
export function explainNetwork(error: unknown): Refusal {
  const code = codeOf(error)
  const tls = TLS_CODE.test(code)
    ? (TLS_TITLES[code] ??
      "The API server's certificate is not signed by the certificate authority of the kubeconfig")
    : undefined
  const title = tls ?? NETWORK_TITLES[code] ?? 'The connection to the API server was cut'
  return refuse(fail('cluster-unreachable', title, { params: { error: code } }).problem)
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  return error.cause ? codeOf(error.cause) : error.name
}
