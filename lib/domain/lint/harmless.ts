import { canaryOf } from '@/lib/domain/annotation'
import { type Backend, backendKey } from '@/lib/domain/backend'
import type { Ingress, ServicePort } from '@/lib/domain/model/ingress'
import type { CanaryPath } from '@/lib/domain/model/routing'
import { ordinaryAt, pathsOf, usersOf } from '@/lib/domain/path-index'
import type { Routing } from '@/lib/domain/routing'

/** What a mending is judged by: all paths of the canary's class, and what merging made of the Services. */
export type MendFacts = Pick<Routing, 'canaryPaths' | 'ordinaryPaths' | 'backends'>

/** Does nobody get this canary by what is written on it, whether or not the controller checks annotations. */
function isParked(canary: Ingress): boolean {
  return [true, false].every(annotationValidation => {
    const { enabled, weight, header, cookie } = canaryOf(canary, { annotationValidation })
    return enabled && weight <= 0 && header === '' && cookie === ''
  })
}

/** Is the Service named by this canary alone: then no other Ingress gains or loses with it. */
function isOwn({ canary, backend }: CanaryPath, facts: MendFacts): boolean {
  if (!backend) return false
  const { namespace } = canary
  const maker = facts.backends.get(backendKey(namespace, backend))?.maker
  return maker === canary && [...usersOf(facts, namespace, backend)].every(each => each === canary)
}

/** May the canary come before this stable Service unnoticed: no other canary there, and no user who is pinned. */
const isFree = (stable: Backend | undefined, own: Backend | undefined): boolean =>
  stable !== undefined &&
  !stable.isServerless &&
  !stable.removedBy &&
  !stable.affinity.isSticky &&
  stable.alternatives.every(({ backend }) => backend === own)

/**
 * Would it change nobody's version if this canary, which may be without effect now, had its full effect: it is parked,
 * its Services are its own, nobody else stands before the routes it is meant for, and no cookie binds anybody to it.
 * Limits: the cookie "=always" finds every canary that has an effect.
 */
export function isHarmless(canary: Ingress, facts: MendFacts): boolean {
  if (!isParked(canary) || canary.defaultBackend) return false
  const backendOf = (namespace: string, port: ServicePort) => facts.backends.get(backendKey(namespace, port))
  return pathsOf(facts, canary).every(path => {
    const own = path.backend ? backendOf(canary.namespace, path.backend) : undefined
    const meant = ordinaryAt(facts, path).filter(each => each.served)
    return (
      isOwn(path, facts) &&
      meant.every(({ ingress, backend }) => isFree(backendOf(ingress.namespace, backend), own))
    )
  })
}
