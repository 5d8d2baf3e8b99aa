import { canaryOf } from '@/lib/domain/annotation'
import { epochMsOf } from '@/lib/domain/iso'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { Ours } from '@/lib/domain/model/workload'
import { fieldsOf, textOf } from '@/lib/domain/raw'
import { isOurCanary, releaseMarkOf, startAnnotation } from '@/lib/domain/start/mark'

const annotationsOf = (raw: unknown) => fieldsOf(fieldsOf(fieldsOf(raw).metadata).annotations)

/** What Halftone wrote on an object that a start made; undefined on any other. */
export function oursOf(raw: unknown): Ours | undefined {
  const release = releaseMarkOf(raw)
  if (release === null) return undefined
  const { creationTimestamp } = fieldsOf(fieldsOf(raw).metadata)
  const start = textOf(annotationsOf(raw)[startAnnotation.start])
  return { release, start, since: textOf(creationTimestamp) }
}

const selectorOf = (raw: unknown): string => sortedText(fieldsOf(fieldsOf(raw).spec).selector)

function sortedText(raw: unknown): string {
  const fields = fieldsOf(raw)
  const keys = Object.keys(fields).sort()
  if (keys.length === 0) return JSON.stringify(raw ?? null)
  return `{${keys.map(key => `${JSON.stringify(key)}:${sortedText(fields[key])}`).join()}}`
}

/**
 * Was what the cluster has made from this very draft: our labels, everything we wrote about the start, and the same selector.
 * Limits: what people may change about it meanwhile (replicas, an image) does not matter.
 */
export function isMadeFrom(found: unknown, draft: unknown): boolean {
  const [written, wanted] = [annotationsOf(found), annotationsOf(draft)]
  return (
    releaseMarkOf(found) === releaseMarkOf(draft) &&
    Object.values(startAnnotation).every(key => textOf(written[key]) === textOf(wanted[key])) &&
    selectorOf(found) === selectorOf(draft)
  )
}

/** Is a weight or a rule written on this canary, so that it gets requests, whether or not the controller checks annotations. */
export const isSteered = (canary: Pick<Ingress, 'annotations'>): boolean =>
  [true, false].some(annotationValidation => {
    const { weight, header, cookie } = canaryOf(canary, { annotationValidation })
    return weight > 0 || header !== '' || cookie !== ''
  })

/** Does the controller take it for an ordinary Ingress, so that it may serve everybody. */
export const isOrdinary = (canary: Pick<Ingress, 'annotations'>): boolean =>
  !canaryOf(canary, { annotationValidation: true }).enabled

/** The moments of a creation that the API server writes may lie on both sides of a second. */
const SAME_MS = 2_000

/** Has nobody written on this canary since a start made it. Units: whole seconds, as the cluster keeps times. */
export const isUntouched = (canary: Ingress): boolean =>
  isOurCanary(canary) &&
  !isSteered(canary) &&
  canary.changed?.by === 'halftone' &&
  epochMsOf(canary.changed.at) - canary.createdAtMs < SAME_MS
