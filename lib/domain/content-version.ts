import type { Ingress } from '@/lib/domain/model/ingress'
import { type Failure, fail } from '@/lib/domain/problem'
import { fieldsOf } from '@/lib/domain/raw'

const NGINX = 'nginx.ingress.kubernetes.io/'

/** What people change about an object, and the version at which it last really changed. */
export type ContentVersion = { key: string; resourceVersion: string }

/** Equal for two states of an object when neither its spec nor any annotation differs: a status update keeps it. */
export function contentKeyOf(raw: unknown): string {
  const object = fieldsOf(raw)
  const annotations = fieldsOf(fieldsOf(object.metadata).annotations)
  const sorted = Object.keys(annotations)
    .sort()
    .map(key => [key, annotations[key]])
  return JSON.stringify([sorted, object.spec ?? null])
}

/** Equal for two states of an Ingress that the controller sends requests by alike, whatever else is written on it. */
export function routingKeyOf({ annotations, className, rules, defaultBackend }: Ingress): string {
  const read = Object.entries(annotations)
    .filter(([key]) => key.startsWith(NGINX))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([read, className, rules, defaultBackend])
}

const isOlder = (a: string, b: string): boolean => (a.length === b.length ? a < b : a.length < b.length)

/**
 * Refuses an edit begun before the object's last real change; null where nothing but its status has changed since.
 *
 * Errors: `stale-edit`. Source: KEP-5504, versions of one object compare as whole numbers.
 */
export function staleEdit(edited: string, current: ContentVersion): Failure | null {
  if (!isOlder(edited, current.resourceVersion)) return null
  return fail('stale-edit', 'Somebody else has changed this Ingress since you began; nothing was written', {
    field: 'resourceVersion',
    params: { edited, current: current.resourceVersion },
  })
}
