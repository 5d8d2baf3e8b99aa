import { affinityOf, canaryOf } from '@/lib/domain/annotation'
import { whyDead } from '@/lib/domain/dead-finding'
import { parseGoBool } from '@/lib/domain/go-text'
import { isoOf } from '@/lib/domain/iso'
import { lintOf } from '@/lib/domain/lint/lint'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { Release, ReleaseRoute, ReleaseState, Version } from '@/lib/domain/model/release'
import type { Abilities, CanaryPath } from '@/lib/domain/model/routing'
import { ownerOf } from '@/lib/domain/owner'
import { annotationKey } from '@/lib/domain/patch'
import { pathsOf } from '@/lib/domain/path-index'
import { readinessOf } from '@/lib/domain/readiness'
import { canMatch, rulesOf } from '@/lib/domain/release-rules'
import { portOf } from '@/lib/domain/route'
import type { Routing } from '@/lib/domain/routing'
import { noVersion, versionOf, type Workloads } from '@/lib/domain/version'

export type { Workloads } from '@/lib/domain/version'

/**
 * What a release is derived from. `podLimit` caps the pods listed a side; `matches` lets a broken pattern count as none.
 * `unreadable`: kinds that cannot be read now, of which the linter says nothing. Without `nowMs` it says nothing of age.
 */
export type ReleaseFacts = {
  cluster: string
  routing: Pick<Routing, 'canaryPaths'> & Partial<Routing>
  workloads: Workloads
  podLimit?: number
  matches?: Abilities['matches']
  unreadable?: readonly string[]
  nowMs?: number
}

const CONTROLLER = { annotationValidation: true }

/** Does this Ingress look meant as a canary: also one whose `canary` annotation the controller cannot read. */
export function isCanaryIngress({ annotations }: Pick<Ingress, 'annotations'>): boolean {
  const canary = annotations[annotationKey.canary]
  if (canary !== undefined && parseGoBool(canary) !== false) return true
  return Object.keys(annotations).some(key => key.startsWith(`${annotationKey.canary}-`))
}

function routeOf(canaryPath: CanaryPath): ReleaseRoute {
  const { host, path, pathType, backend, partner, live } = canaryPath
  const why = whyDead(canaryPath)
  return {
    namespace: partner?.ingress.namespace ?? '',
    ingress: partner?.ingress.name ?? '',
    host,
    path,
    pathType,
    service: partner?.backend.service ?? '',
    port: portOf(partner?.backend.port ?? ''),
    canaryService: backend?.service ?? '',
    live,
    ...(why !== null && { why }),
  }
}

function stateOf(
  release: Pick<Release, 'routes' | 'weight' | 'weightTotal'>,
  isMarked: boolean,
): ReleaseState {
  if (!release.routes.some(route => route.live)) return 'dead'
  if (release.weight >= release.weightTotal) return 'all-canary'
  if (release.weight > 0) return 'shifting'
  return isMarked ? 'marked' : 'parked'
}

function affinityAgainst(canary: Ingress, paths: readonly CanaryPath[]): Release['affinity'] {
  const isSticky = paths.some(({ reaches, partner }) =>
    [...reaches, ...(partner ? [partner] : [])].some(({ ingress }) => affinityOf(ingress) !== null),
  )
  if (!isSticky) return 'none'
  return canaryOf(canary, CONTROLLER).behavior === 'legacy' ? 'legacy' : 'sticky'
}

function sidesOf(
  paths: readonly CanaryPath[],
  { workloads, podLimit = Number.MAX_SAFE_INTEGER }: ReleaseFacts,
): { stable: Version; canary: Version } {
  const chosen = paths.find(path => path.live) ?? paths.find(path => path.partner && path.backend) ?? paths[0]
  const { partner, backend, canary } = chosen ?? {}
  const side = (namespace: string, port: { service: string; port: string }) =>
    versionOf(workloads, namespace, { ...port, podLimit })
  return {
    stable: partner ? side(partner.ingress.namespace, partner.backend) : noVersion,
    canary: canary && backend ? side(canary.namespace, backend) : noVersion,
  }
}

/**
 * Pairs one canary Ingress with its routes and the versions behind them. An object nobody can make sense of is a dead
 * release with a finding that says why.
 *
 * Units: `weight` and `weightTotal` as the controller reads them, the weight kept within 0…total.
 * Source: ingress-nginx 1.15.1 (canary-semantics.md A.2, A.4); total of 100 or less counts as 100.
 */
export function releaseOf(canary: Ingress, facts: ReleaseFacts): Release {
  const { namespace, name } = canary
  const routing = { ordinaryPaths: [], backends: new Map(), duplicates: [], ...facts.routing }
  const paths = pathsOf(routing, canary)
  const read = canaryOf(canary, CONTROLLER)
  const weightTotal = Math.max(100, read.weightTotal)
  const weight = Math.min(Math.max(0, read.weight), weightTotal)
  const rules = rulesOf(canary)
  const routes = paths.map(routeOf)
  const release = {
    id: { cluster: facts.cluster, namespace, name },
    uid: canary.uid,
    resourceVersion: canary.resourceVersion,
    createdAt: isoOf(canary.createdAtMs),
    className: canary.className ?? '',
    routes,
    state: stateOf({ routes, weight, weightTotal }, canMatch(rules, facts.matches)),
    owner: ownerOf(canary),
    weight,
    weightTotal,
    rules,
    affinity: affinityAgainst(canary, paths),
    ...sidesOf(paths, facts),
    changedAt: canary.changed?.at ?? null,
    changedBy: canary.changed?.by ?? null,
  }
  return {
    ...release,
    findings: lintOf({
      canary,
      setting: read,
      paths,
      live: paths.filter(path => path.live),
      release,
      routing,
      service: facts.workloads.service,
      ready: readinessOf(facts.workloads, facts.unreadable ?? []),
      matches: facts.matches,
      nowMs: facts.nowMs ?? null,
    }),
  }
}
