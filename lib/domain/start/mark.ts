import type { Ingress } from '@/lib/domain/model/ingress'
import { textOf, textsOf } from '@/lib/domain/raw'
import { metadataOf } from '@/lib/domain/start/parts'

/** Labels that say what a start has made, and for which release: the name of its canary Ingress. */
export const startLabel = {
  managedBy: 'app.kubernetes.io/managed-by',
  release: 'halftone.dev/release',
} as const

/** Annotations that a start writes: `start` and `change` on the canary's Deployment, `stable` on the canary Ingress. */
export const startAnnotation = {
  start: 'halftone.dev/start',
  change: 'halftone.dev/change',
  stable: 'halftone.dev/stable',
} as const

const US = 'halftone'

/** The labels of everything a start makes for this release. */
export const ourLabels = (release: string): Readonly<Record<string, string>> => ({
  [startLabel.managedBy]: US,
  [startLabel.release]: release,
})

/** The release a start has made this object for; null where it is not ours. */
export function releaseMarkOf(raw: unknown): string | null {
  const labels = textsOf(metadataOf(raw).labels)
  return labels[startLabel.managedBy] === US ? textOf(labels[startLabel.release]) || null : null
}

/** Did a start make this Ingress: its projection keeps the manager and the stable Ingress it was made for. */
export const isOurCanary = ({ labels, annotations }: Pick<Ingress, 'labels' | 'annotations'>): boolean =>
  labels[startLabel.managedBy] === US && annotations[startAnnotation.stable] !== undefined
