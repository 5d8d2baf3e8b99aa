import type { Ingress } from '@/lib/domain/model/ingress'
import { NGINX } from '@/sandbox/world/objects'

const TRUE = new Set(['1', 't', 'T', 'true', 'TRUE', 'True'])
const FALSE = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False'])

const flag = (ingress: Ingress, key: string, otherwise: boolean): boolean => {
  const text = ingress.annotations[NGINX + key] ?? ''
  return TRUE.has(text) || (otherwise && !FALSE.has(text))
}

/** What a request to a location of this Ingress meets before its backend. */
export type Manners = {
  rewriteTarget: string
  toHttps: boolean
  maxAge: number | null
  cookiePath: string | null
  sameSite: string | null
}

/** Reads the annotations of an ordinary Ingress that the gateway itself obeys. */
export function mannersOf(ingress: Ingress, tls: boolean): Manners {
  const read = (key: string) => ingress.annotations[NGINX + key]?.trim() ?? ''
  const maxAge = read('session-cookie-max-age')
  return {
    rewriteTarget: read('rewrite-target'),
    toHttps: flag(ingress, 'force-ssl-redirect', false) || (tls && flag(ingress, 'ssl-redirect', true)),
    maxAge: /^\d+$/.test(maxAge) ? Number(maxAge) : null,
    cookiePath: read('session-cookie-path') || null,
    sameSite: read('session-cookie-samesite') || null,
  }
}
