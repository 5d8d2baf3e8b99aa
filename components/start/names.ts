import type { ReleaseDraft } from '@/components/start/start-draft'
import type { StartOffer } from '@/lib/domain/model/start'

const followed = (name: string, before: string, suffix: string): string | null =>
  before !== '' && name.endsWith(before) ? name.slice(0, -before.length) + suffix : null

/** The version that everyone stays on: all Deployments behind the route, whichever of them is copied. */
export const stableNameOf = ({ deployments }: StartOffer): string =>
  deployments.map(({ name }) => name).join(' + ')

/**
 * What the copies will be called with the drafted suffix, as far as the offer tells; null where only the review does:
 * its names are those of the first Deployment.
 */
export function namesOf(
  { names, deployments }: StartOffer,
  { deployment, suffix }: Pick<ReleaseDraft, 'deployment' | 'suffix'>,
): { deployment: string; service: string } | null {
  if (deployment !== deployments[0]?.name || suffix.trim() === '') return null
  const [copy, service] = [names.deployment, names.service].map(name =>
    followed(name, names.suffix, suffix.trim()),
  )
  return copy && service ? { deployment: copy, service } : null
}
