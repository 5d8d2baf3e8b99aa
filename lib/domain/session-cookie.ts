import type { Ingress } from '@/lib/domain/model/ingress'

const NGINX = 'nginx.ingress.kubernetes.io/'

/**
 * Name of the cookie by which an ordinary Ingress pins its users; null where it pins nobody.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/sessionaffinity: `INGRESSCOOKIE` where none is named.
 */
export function sessionCookieNameOf(ordinary: Pick<Ingress, 'annotations'> | null): string | null {
  if (ordinary?.annotations[`${NGINX}affinity`] !== 'cookie') return null
  return ordinary.annotations[`${NGINX}session-cookie-name`] || 'INGRESSCOOKIE'
}
