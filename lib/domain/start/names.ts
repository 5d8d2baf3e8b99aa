import type { Ingress } from '@/lib/domain/model/ingress'
import type { StartRoute, StartSources } from '@/lib/domain/model/start'
import { type Failure, fail } from '@/lib/domain/problem'
import { sessionCookieNameOf } from '@/lib/domain/session-cookie'
import { isOurCanary, releaseMarkOf } from '@/lib/domain/start/mark'
import { nameOf } from '@/lib/domain/start/parts'
import type { Stable } from '@/lib/domain/start/stable'
import { renamed, suffixesAfter } from '@/lib/domain/start/version-name'

/**
 * Names nobody may take. `uses` are Services that an Ingress names, with its name; `releases` those of half-started releases, with an
 * object of each. `pinning` are Services whose users a cookie pins; `minute` is the minute it is, counted from the epoch.
 */
export type Taken = {
  deployments: ReadonlySet<string>
  services: ReadonlySet<string>
  uses: ReadonlyMap<string, string>
  ingresses: ReadonlySet<string>
  releases: ReadonlyMap<string, { kind: string; name: string }>
  pinning: ReadonlySet<string>
  minute: number
}

const LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/
/** A Deployment's name may be several of these with dots between. */
const DOTTED = /^(?=.{1,63}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/
const LONGEST = 63
const CANARY = '-canary'

const servicesOf = ({ rules, defaultBackend }: Ingress): string[] =>
  [defaultBackend, ...rules.flatMap(({ paths }) => (paths ?? []).map(path => path.backend))].flatMap(
    backend => (backend ? [backend.service] : []),
  )

/** Names in use in the route's namespace; what a start of the release `own` has made by now is free to it. */
export function takenIn(namespace: string, sources: StartSources, own: string | null): Taken {
  const foreign = (raws: readonly unknown[]) => raws.filter(raw => own === null || releaseMarkOf(raw) !== own)
  const marked = (kind: string, raws: readonly unknown[]) =>
    foreign(raws).flatMap((raw): [string, { kind: string; name: string }][] => {
      const release = releaseMarkOf(raw)
      return release === null ? [] : [[release, { kind, name: nameOf(raw) }]]
    })
  const ingresses = sources.ingresses.filter(
    each => each.namespace === namespace && !(each.name === own && isOurCanary(each)),
  )
  const uses = ingresses.flatMap(each =>
    servicesOf(each).map((service): [string, string] => [service, each.name]),
  )
  const pinning = ingresses.filter(each => sessionCookieNameOf(each) !== null).flatMap(servicesOf)
  return {
    deployments: new Set(foreign(sources.deployments).map(nameOf)),
    services: new Set(foreign(sources.services).map(nameOf)),
    uses: new Map(uses),
    ingresses: new Set(ingresses.map(({ name }) => name)),
    pinning: new Set(pinning),
    minute: Math.floor(sources.readAtMs / 60_000),
    releases: new Map([...marked('Service', sources.services), ...marked('Deployment', sources.deployments)]),
  }
}

/** What the clone is called with this suffix. */
export const cloneNames = ({ deployment, service, word }: Stable, suffix: string) => ({
  deployment: renamed(deployment, suffix, word),
  service: renamed(service, suffix, word),
})

const inUse = (stable: Stable, suffix: string, taken: Taken): boolean => {
  const { deployment, service } = cloneNames(stable, suffix)
  return taken.deployments.has(deployment) || taken.services.has(service) || taken.uses.has(service)
}

/**
 * The next suffix whose names are free. Where users are pinned it is one that was never used before: whoever was pinned to a former
 * canary is back on a Service of its name at once, even parked. Source: canary-semantics.md A.7.
 */
export function freeSuffix(stable: Stable, taken: Taken): string {
  const least = taken.pinning.has(stable.service) ? taken.minute : 0
  for (const suffix of suffixesAfter(stable.deployment, least))
    if (!inUse(stable, suffix, taken)) return suffix
  return ''
}

/** The next free name of a canary Ingress: after the last segment of the path, else after the ordinary Ingress. */
export function freeCanaryName(
  { path, ingress }: Pick<StartRoute, 'path' | 'ingress'>,
  taken: Taken,
): string {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
  const segment = plain(path.split('/').filter(Boolean).at(-1) ?? '')
  const base = segment || plain(ingress) || 'release'
  for (let number = 1; ; number++) {
    const ending = number === 1 ? CANARY : `${CANARY}-${number}`
    const name = `${base.slice(0, LONGEST - ending.length).replace(/-+$/, '')}${ending}`
    if (!taken.ingresses.has(name) && !taken.releases.has(name)) return name
  }
}

const illegal = (field: string, name: string): Failure => {
  const title = `A name has 1 to ${LONGEST} lower-case letters, digits and dashes, and begins and ends with a letter or digit`
  return fail('invalid-input', title, { field, params: { rule: 'name', name: name.slice(0, 80) } })
}

type Existing = { kind: string; name: string; next: string; usedBy?: string; release?: string }

function exists(field: string, params: Existing): Failure {
  const { kind, name, usedBy, release } = params
  const title =
    usedBy !== undefined
      ? `Ingress ${usedBy} names the Service ${name}, which a canary must have for itself`
      : release !== undefined
        ? `${kind} ${name} belongs to a start of ${release} that has not come to its end`
        : `${kind} ${name} exists already`
  return fail('already-exists', title, { field, params })
}

/** Refuses a suffix that makes illegal or taken names. Errors: `invalid-input`, `already-exists` with `next`: a free one. */
export function suffixProblem(suffix: string, stable: Stable, taken: Taken): Failure | null {
  const names = cloneNames(stable, suffix)
  if (!LABEL.test(suffix)) return illegal('suffix', suffix)
  if (!DOTTED.test(names.deployment)) return illegal('suffix', names.deployment)
  if (!LABEL.test(names.service)) return illegal('suffix', names.service)
  if (!inUse(stable, suffix, taken)) return null
  const next = freeSuffix(stable, taken)
  if (taken.deployments.has(names.deployment))
    return exists('suffix', { kind: 'Deployment', name: names.deployment, next })
  const usedBy = taken.services.has(names.service) ? undefined : taken.uses.get(names.service)
  return exists('suffix', {
    kind: 'Service',
    name: names.service,
    next,
    ...(usedBy !== undefined && { usedBy }),
  })
}

/** Refuses a name that no canary Ingress can have here. Errors: as `suffixProblem`. */
export function canaryNameProblem(name: string, route: StartRoute, taken: Taken): Failure | null {
  if (!LABEL.test(name)) return illegal('name', name)
  const half = taken.releases.get(name)
  if (!taken.ingresses.has(name) && !half) return null
  const next = freeCanaryName(route, taken)
  if (taken.ingresses.has(name) || !half) return exists('name', { kind: 'Ingress', name, next })
  return exists('name', { ...half, release: name, next })
}
