import type { Address } from './address'
import { draftOf } from './body'
import { checkTypes } from './json-types'
import { type Kind, kinds } from './kinds'
import { pruned } from './known-fields'
import type { Draft } from './object'
import { invalid, Refusal } from './refusal'
import { fieldValidation, type Request } from './request-options'

/** A new object as a body says it. Errors: BadRequest when it cannot be read or belongs elsewhere. */
export function createdDraft({ kind, namespace }: Address, body: unknown, request: Request): Draft {
  const draft = placed(kind, known(kind, typed(kind, body), request, 'CreateOptions'), namespace)
  if (draft.metadata.resourceVersion)
    throw new Refusal('Unknown', 'resourceVersion should not be set on objects to be created')
  warnOfClass(kind, draft, request)
  return draft
}

/** A replacement as a body says it. Errors: BadRequest when it cannot be read or belongs elsewhere. */
export function updatedDraft({ kind, namespace, name }: Address, body: unknown, request: Request): Draft {
  return named(placed(kind, known(kind, typed(kind, body), request, 'UpdateOptions'), namespace), name)
}

/** What a patch has made of an object. Errors: Invalid where the same body of a new object is BadRequest. */
export function patchedDraft({ kind, namespace, name }: Address, after: unknown, request: Request): Draft {
  const draft = (() => {
    try {
      return typed(kind, after)
    } catch (error) {
      throw error instanceof Refusal ? unpatchable(after, error) : error
    }
  })()
  return named(placed(kind, known(kind, draft, request, 'PatchOptions'), namespace), name)
}

function typed(kind: Kind, body: unknown): Draft {
  const draft = draftOf(kind, body)
  checkTypes(kind, draft)
  return draft
}

function unpatchable(after: unknown, { message }: Refusal): Refusal {
  const why = message.replace(/^.*? cannot be handled as a \w+: /, '')
  const shown = JSON.stringify(JSON.stringify(after))
  const cause = { reason: 'FieldValueInvalid', message: `Invalid value: ${shown}: ${why}`, field: 'patch' }
  return invalid({ plural: '', group: '', kind: '' }, '', [cause])
}

/** The object without fields its kind does not have. Errors: BadRequest when the client wants those to be refused. */
function known(kind: Kind, sent: Draft, request: Request, options: string): Draft {
  const { draft, unknown } = pruned(sent)
  const wanted = fieldValidation(request, options)
  const faults = unknown.map(path => `unknown field ${JSON.stringify(path)}`)
  if (wanted === 'Strict' && faults.length > 0) {
    const what = `${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}`
    throw new Refusal('BadRequest', `${what}: strict decoding error: ${faults.join(', ')}`)
  }
  if (wanted === 'Warn') faults.forEach(request.warn)
  return draft
}

function placed(kind: Kind, draft: Draft, namespace: string | undefined): Draft {
  if (!kind.namespaced) return draft
  const own = draft.metadata.namespace
  if (own !== undefined && namespace !== undefined && own !== namespace) {
    const why = 'the namespace of the provided object does not match the namespace sent on the request'
    throw new Refusal('BadRequest', why)
  }
  return { ...draft, metadata: { ...draft.metadata, namespace: namespace ?? own ?? '' } }
}

function named(draft: Draft, name = ''): Draft {
  const own = draft.metadata.name ?? ''
  if (own === name) return draft
  const why = `the name of the object (${own}) does not match the name on the URL (${name})`
  throw new Refusal('BadRequest', why)
}

const CLASS = 'kubernetes.io/ingress.class'

function warnOfClass(kind: Kind, { metadata }: Draft, { warn }: Request): void {
  if (kind !== kinds.ingress || metadata.annotations?.[CLASS] === undefined) return
  warn(`annotation "${CLASS}" is deprecated, please use 'spec.ingressClassName' instead`)
}
