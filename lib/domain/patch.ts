import type { PatchOperation } from '@/lib/domain/lint/mend'
import type { Release } from '@/lib/domain/model/release'
import { type Failure, fail } from '@/lib/domain/problem'

const NGINX = 'nginx.ingress.kubernetes.io/'

/** The annotations of a canary Ingress that we read and write: a closed list; `canary` itself is never written. */
export const annotationKey = {
  canary: `${NGINX}canary`,
  weight: `${NGINX}canary-weight`,
  weightTotal: `${NGINX}canary-weight-total`,
  header: `${NGINX}canary-by-header`,
  headerValue: `${NGINX}canary-by-header-value`,
  headerPattern: `${NGINX}canary-by-header-pattern`,
  cookie: `${NGINX}canary-by-cookie`,
  affinityBehavior: `${NGINX}affinity-canary-behavior`,
  sampling: 'halftone.dev/sampling',
} as const

/** New texts of annotations by their full key; null takes one away. */
export type Annotations = Readonly<Record<string, string | null>>

/** A JSON merge patch of an Ingress that touches nothing but annotations. */
export type AnnotationPatch = { metadata: { annotations: Annotations } }

/** A change of an Ingress as it is written: a merge patch of annotations, or a JSON patch that tests what it replaces. */
export type IngressPatch = AnnotationPatch | readonly PatchOperation[]

/** The merge patch that writes these annotations. */
export const annotationPatch = (annotations: Annotations): AnnotationPatch => ({ metadata: { annotations } })

/** Refuses to write to an Ingress that another controller keeps. Errors: `owned-elsewhere`. */
export function ownedElsewhere({ owner }: Pick<Release, 'owner'>): Failure | null {
  if (!owner) return null
  const title = `${owner.kind} ${owner.name} keeps this Ingress and would undo the change; nothing was written`
  return fail('owned-elsewhere', title, { params: { kind: owner.kind, name: owner.name } })
}

/** Refuses to steer an Ingress that the controller does not take for a canary. Errors: `not-a-canary`. */
export function notACanary({ findings, id }: Pick<Release, 'findings' | 'id'>): Failure | null {
  if (!findings.some(finding => finding.id === 'L10')) return null
  const title = `The controller does not take ${id.name} for a canary, so nothing was written`
  return fail('not-a-canary', title, { params: { name: id.name } })
}
