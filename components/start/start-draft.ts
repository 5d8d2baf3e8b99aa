import { type HeaderDraft, rulesOf } from '@/components/release/rules/rules-draft'
import type { EnvRow } from '@/components/start/env-draft'
import { envOf, rowsOf } from '@/components/start/env-draft'
import type { RouteAddress } from '@/components/start/start-address'
import type { StartRelease } from '@/lib/contract'
import type { StartContainer, StartDeployment, StartOffer } from '@/lib/domain/model/start'

/** A new version and its first traffic as the hand wants them. Units: `weight` is parts of 100. */
export type ReleaseDraft = {
  deployment: string
  container: string
  image: string
  suffix: string
  name: string
  replicas: number
  env: readonly EnvRow[]
  header: HeaderDraft | null
  cookie: string | null
  weight: number
}

/** The steps of a start, in order. */
export const STEPS = ['route', 'version', 'traffic', 'review'] as const
export type StartStep = (typeof STEPS)[number]

/** What a draft takes from the Deployment and the container it is cloned from. */
const clonedFrom = (deployment: StartDeployment | undefined, container: StartContainer | undefined) => ({
  deployment: deployment?.name ?? '',
  container: container?.name ?? '',
  image: container?.image ?? '',
  env: rowsOf(container?.env ?? []),
})

/** As many pods as stable wants, yet at least one: without any nobody can answer. */
const wanted = (deployment: StartDeployment | undefined) => Math.max(1, deployment?.replicas ?? 1)

/** The draft an offer begins with: everything as in stable, parked. */
export function draftOf({ deployments: [first], names }: StartOffer): ReleaseDraft {
  return {
    ...clonedFrom(first, first?.containers[0]),
    replicas: wanted(first),
    suffix: names.suffix,
    name: names.name,
    header: null,
    cookie: null,
    weight: 0,
  }
}

/** The Deployment and container of the offer that a draft clones. */
export function sourceOf(offer: StartOffer, { deployment, container }: ReleaseDraft) {
  const from = offer.deployments.find(each => each.name === deployment)
  return { deployment: from, container: from?.containers.find(each => each.name === container) }
}

/** The draft with another Deployment, or another container of it: what was taken from the one before is taken anew. */
export function clonedAnew(offer: StartOffer, draft: ReleaseDraft, name: string, container?: string) {
  const from = offer.deployments.find(each => each.name === name)
  const chosen = from?.containers.find(each => each.name === container) ?? from?.containers[0]
  const replicas = name === draft.deployment ? draft.replicas : wanted(from)
  return { ...draft, ...clonedFrom(from, chosen), replicas }
}

/** Does anybody get the new version before a hand moves again? */
export const isParked = ({ header, cookie, weight }: ReleaseDraft): boolean =>
  header === null && cookie === null && weight === 0

/** The request a draft comes to; names are always said, so that what is shown is what is asked for. */
export function requestOf(route: RouteAddress, draft: ReleaseDraft): StartRelease {
  const { header, cookie, weight, image, suffix, name, replicas, deployment, container } = draft
  const env = envOf(draft.env)
  const { namespace, ingress, host, path } = route
  return {
    ...{ namespace, ingress, host, path, deployment, container, image: image.trim(), replicas },
    ...{ suffix: suffix.trim(), name: name.trim() },
    ...(isPathType(route.pathType) && { pathType: route.pathType }),
    ...(Object.keys(env).length > 0 && { env }),
    ...((header || cookie !== null) && { rules: rulesOf({ header, cookie }) }),
    ...(weight > 0 && { weight }),
  }
}

const isPathType = (text: string): text is NonNullable<StartRelease['pathType']> =>
  text === 'Exact' || text === 'Prefix' || text === 'ImplementationSpecific'

const OWNED: Readonly<Record<string, StartStep>> = {
  ...{ namespace: 'route', ingress: 'route', host: 'route', path: 'route', pathType: 'route' },
  ...{ deployment: 'version', container: 'version', image: 'version', suffix: 'version', name: 'version' },
  ...{ replicas: 'version', env: 'version', header: 'traffic', cookie: 'traffic', weight: 'traffic' },
  rules: 'traffic',
}

/** A problem's field as the page names it: rules are one level up. */
export const fieldOf = (field = ''): string => field.replace(/^rules\./, '')

/** The step whose field a problem is about; undefined where it is about none. */
export function stepOf(field: string | undefined): StartStep | undefined {
  const [name = ''] = fieldOf(field).split('.')
  return Object.hasOwn(OWNED, name) ? OWNED[name] : undefined
}

/** Where the tag of an image stands in its text, to be typed over; its end where there is none. */
export function tagRange(image: string): [from: number, to: number] {
  const nameAt = image.lastIndexOf('/') + 1
  const digestAt = image.indexOf('@', nameAt)
  const colonAt = image.indexOf(':', nameAt)
  const hasTag = colonAt >= 0 && (digestAt < 0 || colonAt < digestAt)
  if (hasTag) return [colonAt + 1, image.length]
  return [digestAt < 0 ? image.length : digestAt, image.length]
}
