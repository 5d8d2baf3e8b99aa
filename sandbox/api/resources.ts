import { fieldsOf, textOf, wholeOf } from '@/lib/domain/raw'
import type { Address } from './address'
import { draftOf } from './body'
import type { EndOptions } from './ending'
import type { Kind } from './kinds'
import { pruned } from './known-fields'
import type { Draft, Fields, KubeObject } from './object'
import { jsonPatched } from './patch/json-patch'
import { mergePatched } from './patch/merge-patch'
import { strategicPatched } from './patch/strategic-patch'
import { notFound, Refusal } from './refusal'
import { rescaled, scaleOf } from './scale'
import { matchesOf } from './selector'
import type { WriteOptions, Writer } from './writer'

/** How a write is asked for: who, the switches of its query, and whom to tell what was odd about it. */
export type Request = { manager: string; query: URLSearchParams; warn: (text: string) => void }

const optionsOf = ({ manager, query }: Request, subresource = ''): WriteOptions => ({
  manager: query.get('fieldManager') || manager,
  dryRun: isDryRun(query),
  ...(subresource === 'status' && { subresource }),
})

function isDryRun(query: URLSearchParams): boolean {
  const wanted = query.getAll('dryRun')
  const strange = wanted.find(each => each !== 'All')
  if (strange !== undefined) {
    throw new Refusal(
      'Invalid',
      `dryRun: Unsupported value: ${JSON.stringify(strange)}: supported values: "All"`,
    )
  }
  return wanted.length > 0
}

/** The verbs of objects: what a request wants becomes what the writer does. */
export class Resources {
  readonly #writer: Writer

  constructor(writer: Writer) {
    this.#writer = writer
  }

  /** One object. Errors: NotFound. */
  get({ kind, namespace, name = '' }: Address): KubeObject {
    const found = this.#writer.store.get(kind, namespace, name)
    if (!found) throw notFound(kind, name)
    return found
  }

  /** One object or the view of it that the address names. */
  view(address: Address): Fields {
    return address.subresource === 'scale' ? scaleOf(this.get(address)) : this.get(address)
  }

  /** Creates what the body says. Errors: BadRequest for another namespace than the address, and the writer's. */
  create({ kind, namespace }: Address, body: unknown, request: Request): KubeObject {
    const draft = knownOnly(kind, draftOf(kind, body), request)
    return this.#writer.create(kind, placed(kind, draft, namespace), optionsOf(request))
  }

  /** Replaces an object, its status or its scale. */
  update(address: Address, body: unknown, request: Request): Fields {
    const { kind, namespace, name = '', subresource } = address
    if (subresource === 'scale') return this.#rescale(address, fieldsOf(body), request)
    const draft = placed(kind, knownOnly(kind, draftOf(kind, body), request), namespace)
    if (draft.metadata.name !== name) {
      const why = `the name of the object (${draft.metadata.name ?? ''}) does not match the name on the URL (${name})`
      throw new Refusal('BadRequest', why)
    }
    return this.#writer.update(kind, draft, optionsOf(request, subresource))
  }

  /** Changes an object by a patch. Errors: UnsupportedMediaType, NotFound, and the writer's. */
  patch(address: Address, mediaType: string, body: unknown, request: Request): Fields {
    const before = this.get(address)
    const isScale = address.subresource === 'scale'
    const after = patched(isScale ? scaleOf(before) : before, mediaType, body)
    if (isScale) return this.#rescale(address, fieldsOf(after), request)
    const draft = knownOnly(address.kind, draftOf(address.kind, after), request)
    if (
      draft.metadata.name !== before.metadata.name ||
      draft.metadata.namespace !== before.metadata.namespace
    ) {
      throw new Refusal('BadRequest', 'the name of the object does not match the name on the URL')
    }
    return this.#writer.update(address.kind, draft, optionsOf(request, address.subresource))
  }

  /** Ends one object. */
  delete({ kind, namespace, name = '' }: Address, body: unknown, { query }: Request): Fields {
    const { gone, object } = this.#writer.delete(kind, namespace, name, endOptions(body, query))
    if (!gone || kind.kind === 'Pod') return object
    const details = {
      name,
      ...(kind.group && { group: kind.group }),
      kind: kind.plural,
      uid: object.metadata.uid,
    }
    return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details }
  }

  /** Ends all objects that are asked for. */
  deleteAll({ kind, namespace }: Address, body: unknown, { query }: Request): KubeObject[] {
    const matches = matchesOf(query, kind.kind)
    const doomed = this.#writer.store.list(kind, namespace).filter(object => !matches || matches(object))
    const options = endOptions(body, query)
    for (const { metadata } of doomed) this.#writer.delete(kind, metadata.namespace, metadata.name, options)
    return doomed
  }

  #rescale(address: Address, scale: Fields, request: Request): Fields {
    const draft = rescaled(this.get(address), scale)
    return scaleOf(this.#writer.update(address.kind, draft, optionsOf(request)))
  }
}

/** The object without fields its kind does not have. Errors: BadRequest when the client wants those to be refused. */
function knownOnly(kind: Kind, sent: Draft, { query, warn }: Request): Draft {
  const { draft, unknown } = pruned(sent)
  const wanted = query.get('fieldValidation') ?? 'Warn'
  const faults = unknown.map(path => `unknown field ${JSON.stringify(path)}`)
  if (wanted === 'Strict' && faults.length > 0) {
    const what = `${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}`
    throw new Refusal('BadRequest', `${what}: strict decoding error: ${faults.join(', ')}`)
  }
  if (wanted === 'Warn') faults.forEach(warn)
  return draft
}

function placed(kind: Kind, draft: Draft, namespace: string | undefined): Draft {
  if (!kind.namespaced) return draft
  const own = draft.metadata.namespace
  if (own !== undefined && namespace !== undefined && own !== namespace) {
    const why = `the namespace of the provided object does not match the namespace sent on the request`
    throw new Refusal('BadRequest', why)
  }
  return { ...draft, metadata: { ...draft.metadata, namespace: namespace ?? own ?? '' } }
}

function patched(target: Fields, mediaType: string, body: unknown): unknown {
  if (mediaType === 'application/merge-patch+json') return mergePatched(target, body)
  if (mediaType === 'application/strategic-merge-patch+json') return strategicPatched(target, body)
  if (mediaType === 'application/json-patch+json') return jsonPatched(target, body)
  const known =
    'application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json'
  throw new Refusal(
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${known}`,
  )
}

const POLICIES = ['Background', 'Foreground', 'Orphan'] as const

function endOptions(body: unknown, query: URLSearchParams): EndOptions & { dryRun: boolean } {
  const options = fieldsOf(body)
  const { uid, resourceVersion } = fieldsOf(options.preconditions)
  const wanted = textOf(options.propagationPolicy) || query.get('propagationPolicy')
  const policy = POLICIES.find(each => each === wanted)
  const grace =
    options.gracePeriodSeconds ??
    (query.has('gracePeriodSeconds') ? Number(query.get('gracePeriodSeconds')) : undefined)
  return {
    dryRun: isDryRun(query) || (Array.isArray(options.dryRun) && options.dryRun.includes('All')),
    ...(policy && { policy }),
    ...(grace !== undefined && { gracePeriodSeconds: wholeOf(grace) }),
    ...(typeof uid === 'string' && { uid }),
    ...(typeof resourceVersion === 'string' && { resourceVersion }),
  }
}
