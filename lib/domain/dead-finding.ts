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

function hasPaths({ rules, defaultBackend }: Ingress): boolean {
  return defaultBackend !== null || rules.some(rule => rule.paths === null || rule.paths.length > 0)
}

/** Why an Ingress takes no part in merging at all. */
function absenceOf(canary: Ingress): Finding {
  const where = `${canary.namespace}/${canary.name}`
  const params = { canary: canary.name, className: canary.className }
  if (!canaryOf(canary, CONTROLLER).enabled) {
    const written = canary.annotations[annotationKey.canary] ?? null
    return findingOf('L10', `${where} metadata.annotations`, { ...params, written })
  }
  return hasPaths(canary)
    ? findingOf('L33', `${where} spec.ingressClassName`, params)
    : findingOf('L44', `${where} spec.rules`, params)
}

/** Why a canary, or one of its paths, has no effect: one finding a dead path, or one for the whole object. */
export function deadFindings(canary: Ingress, paths: readonly CanaryPath[]): Finding[] {
  if (paths.length === 0 || !canaryOf(canary, CONTROLLER).enabled) return [absenceOf(canary)]
  const object = `${canary.namespace}/${canary.name}`
  return paths.flatMap(path =>
    path.dead ? [findingOf(path.dead.id, `${object} ${path.where}`, paramsOf(path))] : [],
  )
}
