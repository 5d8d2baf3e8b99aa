import { fieldsOf } from '@/lib/domain/raw'
import type { Address } from './address'
import { createdDraft, patchedDraft, updatedDraft } from './incoming'
import { kinds } from './kinds'
import type { Fields, KubeObject } from './object'
import { patched } from './patch/patched'
import { notFound } from './refusal'
import { endOptions, type Request, writeOptions } from './request-options'
import { checkScale, rescaled, scaleOf } from './scale'
import { matchesOf } from './selector'
import type { Writer } from './writer'

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

  /** Whether there is an object at this address. */
  has({ kind, namespace, name = '' }: Address): boolean {
    return this.#writer.store.get(kind, namespace, name) !== undefined
  }

  /** Creates what the body says. Errors: those of a draft, and the writer's. */
  create(address: Address, body: unknown, request: Request): Fields {
    const draft = createdDraft(address, body, request)
    return shown(this.#writer.create(address.kind, draft, writeOptions(request, 'CreateOptions', '')))
  }

  /** Replaces an object, its status or its scale. */
  update(address: Address, body: unknown, request: Request): Fields {
    if (address.subresource === 'scale') return this.#rescale(address, fieldsOf(body), request)
    const draft = updatedDraft(address, body, request)
    const options = writeOptions(request, 'UpdateOptions', address.subresource)
    return shown(this.#writer.update(address.kind, draft, options))
  }

  /** Changes an object by a patch. Errors: UnsupportedMediaType, NotFound, and the writer's. */
  patch(address: Address, mediaType: string, body: unknown, request: Request): Fields {
    const before = this.get(address)
    const isScale = address.subresource === 'scale'
    const after = patched(isScale ? scaleOf(before) : before, mediaType, body)
    if (isScale) return this.#rescale(address, fieldsOf(after), request)
    const draft = patchedDraft(address, after, request)
    return this.#writer.update(
      address.kind,
      draft,
      writeOptions(request, 'PatchOptions', address.subresource),
    )
  }

  /** Ends one object. */
  delete({ kind, namespace, name = '' }: Address, body: unknown, request: Request): Fields {
    const { gone, object } = this.#writer.delete(kind, namespace, name, endOptions(body, request))
    if (!gone || kind === kinds.pod || kind === kinds.service) return object
    const details = {
      name,
      ...(kind.group && { group: kind.group }),
      kind: kind.plural,
      uid: object.metadata.uid,
    }
    return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details }
  }

  /** Ends all objects that are asked for. */
  deleteAll({ kind, namespace }: Address, body: unknown, request: Request): KubeObject[] {
    const matches = matchesOf(request.query, kind.kind)
    const doomed = this.#writer.store.list(kind, namespace).filter(object => !matches || matches(object))
    const options = endOptions(body, request)
    for (const { metadata } of doomed) this.#writer.delete(kind, metadata.namespace, metadata.name, options)
    return doomed
  }

  #rescale(address: Address, scale: Fields, request: Request): Fields {
    checkScale(address, scale)
    const draft = rescaled(this.get(address), scale)
    return scaleOf(this.#writer.update(address.kind, draft, writeOptions(request, 'UpdateOptions', '')))
  }
}

/** A dry run's new object has no version yet. */
function shown(object: KubeObject): Fields {
  const { resourceVersion, ...metadata } = object.metadata
  return resourceVersion === '' ? { ...object, metadata } : object
}
