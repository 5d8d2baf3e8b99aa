import { nameOf, podLabelsOf } from '@/lib/domain/start/parts'
import { versionWordOf } from '@/lib/domain/start/version-name'

/** The names of what is copied. `word` tells the old version where it is not a `v1`. */
export type Stable = { deployment: string; service: string; word: string | null }

/** The names of a Deployment and of the route's Service, and the word that tells their version. */
export function stableNames(deployment: unknown, service: string): Stable {
  const name = nameOf(deployment)
  return { deployment: name, service, word: versionWordOf(name, podLabelsOf(deployment)) }
}
