import type { CanarySetting } from '@/lib/domain/annotation'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { Release } from '@/lib/domain/model/release'
import type { Abilities, CanaryPath } from '@/lib/domain/model/routing'
import type { Routing } from '@/lib/domain/routing'
import type { Workloads } from '@/lib/domain/version'

/** Prefix of every annotation that ingress-nginx reads. */
export const NGINX = 'nginx.ingress.kubernetes.io/'

/**
 * One canary as the linter sees it: the object and what the controller reads from it, what merging made of its paths, what
 * was derived from both, and what stands behind.
 *
 * Shapes: `paths` are its own, `live` those of them that have an effect. `nowMs` null: no clock, so nothing is said of age.
 */
export type Subject = {
  canary: Ingress
  setting: CanarySetting
  paths: readonly CanaryPath[]
  live: readonly CanaryPath[]
  release: Pick<Release, 'state' | 'affinity' | 'stable' | 'canary' | 'weight' | 'weightTotal' | 'owner'>
  routing: Pick<Routing, 'canaryPaths' | 'ordinaryPaths' | 'backends' | 'duplicates'>
  service: Workloads['service']
  ready: Abilities['ready']
  matches: Abilities['matches'] | undefined
  nowMs: number | null
}

/** Is anybody sent to the canary by its weight or its rules. */
export const isActive = ({ release: { state } }: Pick<Subject, 'release'>): boolean =>
  state !== 'dead' && state !== 'parked'

/** Where an annotation stands, as a finding says it; the key comes without its prefix. */
export const annotationAt = ({ namespace, name }: Ingress, key?: string): string =>
  `${namespace}/${name} metadata.annotations${key === undefined ? '' : `[${NGINX}${key}]`}`

/** Where a path of the canary stands, as a finding says it. */
export const pathAt = ({
  canary: { namespace, name },
  where,
}: Pick<CanaryPath, 'canary' | 'where'>): string => `${namespace}/${name} ${where}`

/** An annotation's text by its key without prefix; "" where it is not written. */
export const written = ({ annotations }: Pick<Ingress, 'annotations'>, key: string): string =>
  annotations[NGINX + key] ?? ''

const LONGEST = 120

/** A text from the cluster, cut to what can be read in a sentence. */
export const shown = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, '')}…`
