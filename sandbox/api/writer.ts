import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { changed, GENERATION, plain } from './change'
import type { Clock } from './clock'
import { withDefaultClass } from './default-class'
import { firstStatusOf, withDefaults } from './defaults'
import { type EndOptions, ending } from './ending'
import { checkNamespace, checkVersion } from './guards'
import { apiVersionOf, type Kind, kinds } from './kinds'
import { managedFieldsAfter, type Writing } from './managed-fields'
import type { Draft, KubeObject } from './object'
import { randomSuffix } from './random-suffix'
import { alreadyExists, notFound } from './refusal'
import { ClusterAddresses } from './service-address'
import type { Store } from './store'
import { validate } from './validation/validate'

/**
 * Who writes and how. `manager` appears in managedFields; nothing is kept on a dry run.
 * `isWorld` is for what the sandbox begins with and its node: age, managers and status are taken as they come, unasked.
 */
export type WriteOptions = { manager: string; subresource?: string; dryRun?: boolean; isWorld?: boolean }

/** Asked before an object is kept; throws a Refusal to keep it out. */
export type Admission = (
  kind: Kind,
  draft: Draft,
  asked: { verb: 'create' | 'update'; isDryRun: boolean },
) => void

const CREATE_ON_UPDATE = new Set<Kind>([kinds.lease, kinds.endpoints])

/** The rules by which objects come, change and go; everybody writes through here, controllers too. */
export class Writer {
  readonly store: Store
  readonly clock: Clock
  readonly #admit: Admission
  readonly #addresses: ClusterAddresses

  constructor(store: Store, clock: Clock, admit: Admission = () => undefined) {
    this.store = store
    this.clock = clock
    this.#admit = admit
    this.#addresses = new ClusterAddresses(store)
  }

  /** Creates an object. Errors: AlreadyExists, NotFound (namespace), Forbidden (it is ending), Invalid, or the webhook's. */
  create(kind: Kind, sent: Draft, options: WriteOptions): KubeObject {
    const name = sent.metadata.name || this.#freeName(kind, sent)
    const namespace = kind.namespaced ? sent.metadata.namespace : undefined
    const { status: _status, ...unstated } = sent
    const draft = withDefaultClass(
      this.store,
      kind,
      withDefaults({
        ...(kind.subresources.includes('status') && !options.isWorld ? unstated : sent),
        apiVersion: apiVersionOf(kind),
        kind: kind.kind,
        metadata: { ...sent.metadata, name, namespace },
      }),
    )
    checkNamespace(this.store, kind, namespace, name)
    if (this.store.get(kind, namespace, name)) throw alreadyExists(kind, name)
    validate(kind, draft, undefined)
    if (!options.isWorld) this.#admit(kind, draft, { verb: 'create', isDryRun: options.dryRun === true })
    const born = this.#born(kind, draft, options)
    return options.dryRun ? born : this.store.put(kind, born)
  }

  /** Replaces an object, or its status alone. Errors: NotFound, Conflict, Invalid, or the webhook's. */
  update(kind: Kind, sent: Draft, options: WriteOptions): KubeObject {
    const { name = '', namespace } = sent.metadata
    const before = this.store.get(kind, namespace, name)
    if (!before && CREATE_ON_UPDATE.has(kind)) return this.create(kind, sent, options)
    if (!before) throw notFound(kind, name)
    checkVersion(kind, sent, before)
    const draft = this.#merged(kind, sent, before, options)
    if (options.subresource !== 'status') {
      validate(kind, draft, before)
      this.#admit(kind, draft, { verb: 'update', isDryRun: options.dryRun === true })
    }
    const after = changed(kind, draft, before, this.#writing(kind, options))
    if (options.dryRun || after === before) return after
    const { deletionTimestamp, deletionGracePeriodSeconds, finalizers = [] } = after.metadata
    const released = deletionTimestamp !== undefined && finalizers.length === 0
    if (released && (before.metadata.finalizers ?? []).length > 0 && !deletionGracePeriodSeconds) {
      return this.store.remove(kind, before) ?? after
    }
    return this.store.put(kind, after)
  }

  /** Ends an object at once, or begins its end. `gone` says which. Errors: NotFound, Conflict (preconditions). */
  delete(
    kind: Kind,
    namespace: string | undefined,
    name: string,
    options: EndOptions & { dryRun?: boolean },
  ) {
    const before = this.store.get(kind, namespace, name)
    if (!before) throw notFound(kind, name)
    const next = ending(kind, before, options, this.clock)
    if (next === undefined)
      return { gone: true, object: options.dryRun ? before : (this.store.remove(kind, before) ?? before) }
    const object = options.dryRun || isDeepStrictEqual(next, before) ? next : this.store.put(kind, next)
    return { gone: false, object }
  }

  /** A name nobody has yet, from `generateName`; empty when there is none to begin with. */
  #freeName(kind: Kind, { metadata }: Draft): string {
    const { generateName, namespace } = metadata
    if (typeof generateName !== 'string' || generateName === '') return ''
    for (;;) {
      const name = generateName + randomSuffix()
      if (!this.store.get(kind, kind.namespaced ? namespace : undefined, name)) return name
    }
  }

  #writing(kind: Kind, { manager, subresource = '' }: WriteOptions): Writing {
    return { manager, apiVersion: apiVersionOf(kind), subresource, nowIso: this.clock.nowIso() }
  }

  #born(kind: Kind, draft: Draft, options: WriteOptions): KubeObject {
    const writing = this.#writing(kind, { manager: options.manager })
    const addressed = kind === kinds.service ? this.#addresses.given(draft) : draft
    const metadata = plain({
      ...addressed.metadata,
      name: draft.metadata.name ?? '',
      uid: randomUUID(),
      resourceVersion: '',
      creationTimestamp: (options.isWorld && draft.metadata.creationTimestamp) || writing.nowIso,
      ...(GENERATION.has(kind) && { generation: 1 }),
      deletionTimestamp: undefined,
      managedFields:
        draft.metadata.managedFields?.length && options.isWorld
          ? draft.metadata.managedFields
          : managedFieldsAfter(undefined, addressed, writing),
    })
    if (kind === kinds.namespace) {
      const labels = { 'kubernetes.io/metadata.name': metadata.name, ...metadata.labels }
      return { ...addressed, metadata: { ...metadata, labels }, status: { phase: 'Active' } }
    }
    return kind.subresources.includes('status') && addressed.status === undefined
      ? { ...addressed, metadata, status: firstStatusOf(kind) }
      : { ...addressed, metadata }
  }

  #merged(kind: Kind, sent: Draft, before: KubeObject, { subresource }: WriteOptions): Draft {
    if (subresource === 'status') return { ...before, status: sent.status ?? {} }
    const filled = withDefaults({ ...sent, apiVersion: before.apiVersion, kind: before.kind })
    const spec = kind === kinds.service ? this.#addresses.kept(filled, before) : filled
    return kind.subresources.includes('status') ? { ...spec, status: before.status } : spec
  }
}
