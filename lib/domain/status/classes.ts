import type { ControllerFlags, Dialect } from '@/lib/domain/model/status'
import type { IngressClass } from '@/lib/domain/model/workload'
import { isOn, TRAEFIK_NGINX } from '@/lib/domain/status/flags'

const NGINX_CLASS = 'k8s.io/ingress-nginx'
const TRAEFIK_CLASS = 'traefik.io/ingress-controller'
const HIGRESS_CLASS = 'higress.io/higress-controller'

/** Whose name a class says; Traefik may say that of ingress-nginx. */
export function dialectOf(controllerClass: string): Dialect {
  if (controllerClass === NGINX_CLASS) return 'ingress-nginx'
  if (controllerClass === TRAEFIK_CLASS) return 'traefik'
  return controllerClass === HIGRESS_CLASS ? 'higress' : 'other'
}

/** Traefik serves classes of ingress-nginx only with the provider for its annotations. */
export const readsNginx = (flags: ControllerFlags | null): boolean =>
  isOn(
    flags,
    TRAEFIK_NGINX,
    Object.keys(flags ?? {}).some(name => name.startsWith(`${TRAEFIK_NGINX}.`)),
  )

/** What spec.controller of a class must say for a controller to serve it. */
export function controllerClassOf(dialect: Dialect, flags: ControllerFlags | null): string {
  if (dialect === 'ingress-nginx') return flags?.['controller-class'] ?? NGINX_CLASS
  if (dialect === 'higress') return HIGRESS_CLASS
  return readsNginx(flags) ? (flags?.[`${TRAEFIK_NGINX}.controllerclass`] ?? NGINX_CLASS) : TRAEFIK_CLASS
}

/** Names of the classes that a controller serves; `classes` null: they may not be read. */
export function servedOf(
  dialect: Dialect,
  flags: ControllerFlags | null,
  classes: readonly IngressClass[] | null,
): string[] {
  const controllers = new Set([controllerClassOf(dialect, flags)])
  if (dialect === 'traefik') controllers.add(TRAEFIK_CLASS)
  const byName = namedClassOf(dialect, flags)
  if (classes === null) return dialect === 'ingress-nginx' ? [flags?.['ingress-class'] ?? 'nginx'] : []
  const isServed = ({ name, controller }: IngressClass) => controllers.has(controller) || name === byName
  return classes.filter(isServed).map(each => each.name)
}

/** The class a controller serves by its name, whatever controller that class names; null: none. */
function namedClassOf(dialect: Dialect, flags: ControllerFlags | null): string | null {
  if (dialect === 'higress') return flags?.ingressclass ?? null
  if (dialect === 'traefik')
    return isOn(flags, `${TRAEFIK_NGINX}.ingressclassbyname`, false)
      ? (flags?.[`${TRAEFIK_NGINX}.ingressclass`] ?? 'nginx')
      : null
  return isOn(flags, 'ingress-class-by-name', false) ? (flags?.['ingress-class'] ?? 'nginx') : null
}
