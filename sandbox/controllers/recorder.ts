import { fieldsOf, textOf, wholeOf } from '@/lib/domain/raw'
import { kinds } from '../api/kinds'
import type { KubeObject } from '../api/object'
import type { Writer } from '../api/writer'

/** What happened to an object. */
export type Happening = { reason: string; message: string; type?: 'Normal' | 'Warning'; by: string }

/** Name under which the node writes. */
export const KUBELET = 'kubelet'

const LIMIT = 1000

/** Writes events, counting what happens again. Limits: the newest thousand are kept. */
export class Recorder {
  readonly #writer: Writer
  readonly #names = new Map<string, { namespace: string; name: string }>()
  #made = 0

  constructor(writer: Writer) {
    this.#writer = writer
  }

  /** Records what happened to an object. */
  record(object: KubeObject, { reason, message, type = 'Normal', by }: Happening): void {
    const { metadata } = object
    const namespace = metadata.namespace ?? 'default'
    const key = [metadata.uid, type, reason, message].join('\n')
    const known = this.#names.get(key)
    const nowIso = this.#writer.clock.nowIso()
    const before = known && this.#writer.store.get(kinds.event, known.namespace, known.name)
    if (before) {
      const count = wholeOf(before.count, 1) + 1
      this.#writer.update(kinds.event, { ...before, count, lastTimestamp: nowIso }, { manager: by })
      return
    }
    if (
      this.#writer.store.get(kinds.namespace, undefined, namespace)?.metadata.deletionTimestamp !== undefined
    )
      return
    this.#made += 1
    const name = `${metadata.name}.${(wholeOf(Number(metadata.resourceVersion)) * 4096 + this.#made).toString(16).padStart(16, '0')}`
    const draft = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { namespace, name },
      involvedObject: involved(object, by),
      reason,
      message,
      source: { component: by },
      firstTimestamp: nowIso,
      lastTimestamp: nowIso,
      count: 1,
      type,
      eventTime: null,
      reportingComponent: by,
      reportingInstance: '',
    }
    if (!this.#writer.store.get(kinds.namespace, undefined, namespace)) return
    this.#writer.create(kinds.event, draft, { manager: by })
    this.#names.set(key, { namespace, name })
    this.#forgetOld()
  }

  #forgetOld(): void {
    if (this.#names.size <= LIMIT) return
    const [oldest] = this.#names
    if (!oldest) return
    const [key, { namespace, name }] = oldest
    this.#names.delete(key)
    const object = this.#writer.store.get(kinds.event, namespace, name)
    if (object) this.#writer.store.remove(kinds.event, object)
  }
}

const involved = ({ apiVersion, kind, metadata, spec }: KubeObject, by: string) => ({
  kind,
  namespace: metadata.namespace,
  name: metadata.name,
  uid: metadata.uid,
  apiVersion,
  resourceVersion: metadata.resourceVersion,
  ...(by === KUBELET && { fieldPath: `spec.containers{${firstContainer(spec)}}` }),
})

const firstContainer = (spec: unknown): string => {
  const { containers } = fieldsOf(spec)
  return Array.isArray(containers) ? textOf(fieldsOf(containers[0]).name) : ''
}
