import { textOf, textsOf, wholeOf } from '@/lib/domain/raw'
import { parseChange, parseStartPlan } from '@/lib/domain/start/change'
import type { StartChoice } from '@/lib/domain/start/choice'
import { releaseMarkOf, startAnnotation } from '@/lib/domain/start/mark'
import { metadataOf, specOf } from '@/lib/domain/start/parts'
import { stableNames } from '@/lib/domain/start/stable'
import { suffixBetween } from '@/lib/domain/start/version-name'

const PATH_TYPES = ['Exact', 'Prefix', 'ImplementationSpecific'] as const

/**
 * The choice by which a start made this Deployment, so that it can be continued; null where the object does not tell.
 * `stable`: the Deployment that it was copied from, which its annotation `halftone.dev/change` names.
 */
export function resumedChoice(deployment: unknown, stable: unknown): StartChoice | null {
  const metadata = metadataOf(deployment)
  const annotations = textsOf(metadata.annotations)
  const name = releaseMarkOf(deployment)
  const plan = parseStartPlan(annotations[startAnnotation.start])
  const change = parseChange(annotations[startAnnotation.change])
  const names = stableNames(stable, '')
  const suffix = suffixBetween(names.deployment, textOf(metadata.name), names.word)
  if (name === null || !plan || change?.deployment !== names.deployment || suffix === null) return null
  const pathType = PATH_TYPES.find(each => each === plan.route.pathType)
  return {
    namespace: textOf(metadata.namespace),
    ingress: plan.route.ingress,
    host: plan.route.host,
    path: plan.route.path,
    ...(pathType && { pathType }),
    deployment: change.deployment,
    container: change.container,
    suffix,
    name,
    image: change.image,
    replicas: Math.max(1, wholeOf(specOf(deployment).replicas, 1)),
    env: { ...change.env },
    ...(plan.rules && { rules: plan.rules }),
    weight: plan.weight,
  }
}
