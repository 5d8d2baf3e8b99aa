import { isoOf } from '@/lib/domain/iso'
import { fieldsOf, textOf, wholeOf } from '@/lib/domain/raw'
import type { Clock } from './clock'
import { type Kind, kinds } from './kinds'
import type { KubeObject } from './object'
import { conflict } from './refusal'

/** How an object is to end. Units: seconds. `uid` and `resourceVersion` are preconditions. */
export type EndOptions = {
  policy?: 'Background' | 'Foreground' | 'Orphan'
  gracePeriodSeconds?: number
  uid?: string
  resourceVersion?: string
}

/** Finalizer of an owner that waits for what it owns. */
export const FOREGROUND = 'foregroundDeletion'

/** Finalizer of an owner whose children are to stay. */
export const ORPHAN = 'orphan'

const PRECONDITIONS = {
  uid: ['UID', 'deleted and then recreated'],
  resourceVersion: ['ResourceVersion', 'modified'],
} as const

function graceOf(kind: Kind, { spec }: KubeObject, options: EndOptions): number {
  if (kind !== kinds.pod || !textOf(fieldsOf(spec).nodeName)) return 0
  return options.gracePeriodSeconds ?? wholeOf(fieldsOf(spec).terminationGracePeriodSeconds, 30)
}

/**
 * An object on its way out, or undefined when nothing holds it and it can go at once.
 * Errors: Conflict when a precondition fails.
 */
export function ending(
  kind: Kind,
  object: KubeObject,
  options: EndOptions,
  clock: Clock,
): KubeObject | undefined {
  const { metadata } = object
  for (const key of ['uid', 'resourceVersion'] as const) {
    const wanted = options[key]
    if (wanted === undefined || wanted === metadata[key]) continue
    const [title, meaning] = PRECONDITIONS[key]
    const found = `does not match the ${title} in record (${metadata[key]}). The object might have been ${meaning}`
    const named = { plural: kind.kind, group: kind.group }
    throw conflict(named, metadata.name, `the ${title} in the precondition (${wanted}) ${found}`)
  }
  const added = options.policy === 'Foreground' ? [FOREGROUND] : options.policy === 'Orphan' ? [ORPHAN] : []
  const finalizers = [...new Set([...(metadata.finalizers ?? []), ...added])]
  const grace = graceOf(kind, object, options)
  const holds = finalizers.length > 0 || kind === kinds.namespace
  if (grace === 0 && !holds) return undefined
  const sooner = Math.min(grace, metadata.deletionGracePeriodSeconds ?? grace)
  const ended = {
    ...metadata,
    ...(finalizers.length > 0 && { finalizers }),
    ...(metadata.generation !== undefined &&
      metadata.deletionTimestamp === undefined && { generation: metadata.generation + 1 }),
    deletionTimestamp: metadata.deletionTimestamp ?? isoOf(clock.nowMs() + sooner * 1000),
    deletionGracePeriodSeconds: sooner,
  }
  const terminating = kind === kinds.namespace ? { status: { phase: 'Terminating' } } : {}
  return { ...object, ...terminating, metadata: ended }
}
