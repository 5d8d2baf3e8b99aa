import { canaryOf } from '@/lib/domain/annotation'
import { findingOf } from '@/lib/domain/finding'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { Finding } from '@/lib/domain/model/release'
import type { CanaryPath } from '@/lib/domain/model/routing'
import { annotationKey } from '@/lib/domain/patch'
import type { Params } from '@/lib/domain/problem'

const CONTROLLER = { annotationValidation: true }

const typeText = (pathType: string): string => pathType || 'Prefix'

/** What every finding about a path can speak of; what merging has to say in particular comes on top. */
function paramsOf({ canary, host, path, pathType, backend, partner, dead }: CanaryPath): Params {
  return {
    canary: canary.name,
    host,
    path: path || '/',
    target: `${host}${path || '/'}`,
    pathType: typeText(pathType),
    service: backend?.service ?? null,
    port: backend?.port ?? null,
    ingress: partner?.ingress.name ?? null,
    partnerType: partner ? typeText(partner.pathType) : null,
    partnerHost: partner?.host ?? null,
    ...dead?.params,
  }
}

/**
 * Id of the finding that says why a path is dead; null for a live one. L46: another path, named by the parameter `cause`,
 * took this one with it.
 */
export const whyDead = ({ dead }: CanaryPath): string | null =>
  dead && (dead.params.cause === undefined ? dead.id : 'L46')

function hasPaths({ rules, defaultBackend }: Ingress): boolean {
  return defaultBackend !== null || rules.some(rule => rule.paths === null || rule.paths.length > 0)
}

/** What is wrong with the whole object, if it is: then its paths need no findings of their own. */
export function wholeFinding(canary: Ingress, paths: readonly CanaryPath[]): Finding | null {
  const object = `${canary.namespace}/${canary.name}`
  const params = { canary: canary.name, className: canary.className ?? '(none)' }
  if (!canaryOf(canary, CONTROLLER).enabled) {
    const written = canary.annotations[annotationKey.canary] ?? null
    return findingOf('L10', `${object} metadata.annotations`, { ...params, written })
  }
  if (!hasPaths(canary)) return findingOf('L44', `${object} spec.rules`, params)
  if (paths.every(path => path.dead?.id === 'L33')) {
    return findingOf('L33', `${object} spec.ingressClassName`, params)
  }
  const crashing = canary.rules.findIndex(rule => rule.paths === null)
  const host = canary.rules[crashing]?.host ?? ''
  return crashing < 0 ? null : findingOf('L34', `${object} spec.rules[${crashing}]`, { ...params, host })
}

/** Why paths of a canary have no effect: one finding a dead path. */
export function deadFindings(canary: Ingress, paths: readonly CanaryPath[]): Finding[] {
  const object = `${canary.namespace}/${canary.name}`
  return paths.flatMap(path => {
    const why = whyDead(path)
    return why === null ? [] : [findingOf(why, `${object} ${path.where}`, paramsOf(path))]
  })
}
