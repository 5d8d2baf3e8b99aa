import type { Ingress } from '@/lib/domain/model/ingress'
import type { IngressClass } from '@/lib/domain/model/workload'

const CONTROLLER = 'k8s.io/ingress-nginx'
const LEGACY_KEY = 'kubernetes.io/ingress.class'
const LEGACY_CLASS = 'nginx'

/** Tells which class of ingress-nginx serves an Ingress; null when another controller does, or none. */
export type ClassReader = (ingress: Ingress) => string | null

/**
 * Reads who serves which Ingress. `classes` null means they may not be read: then the name nginx must do.
 *
 * Limits: an Ingress without any class counts to the default class, which the API server gives to new ones.
 * Source: ingress-nginx 1.15.1, store.go GetIngressClass: spec.ingressClassName first, then the annotation.
 */
export function classReader(classes: readonly IngressClass[] | null): ClassReader {
  const own = classes?.filter(each => each.controller === CONTROLLER)
  const served = new Set(own?.map(each => each.name) ?? [LEGACY_CLASS])
  const byDefault = own ? (own.find(each => each.isDefault)?.name ?? null) : LEGACY_CLASS
  return ({ className, annotations }) => {
    if (className === null) return byDefault
    if (served.has(className)) return className
    return className === LEGACY_CLASS && annotations[LEGACY_KEY] === LEGACY_CLASS ? className : null
  }
}
