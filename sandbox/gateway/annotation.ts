import { type ControllerOptions, type RewriteSetting, rewriteOf } from '@/lib/domain/annotation'
import { parseGoBool } from '@/lib/domain/go-text'
import type { Ingress } from '@/lib/domain/model/ingress'
import { NGINX } from '@/sandbox/world/objects'

const flag = (ingress: Ingress, key: string, otherwise: boolean): boolean =>
  parseGoBool(ingress.annotations[NGINX + key] ?? '') ?? otherwise

/** What a request to a location of this Ingress meets before its backend. */
export type Manners = {
  rewrite: RewriteSetting
  toHttps: boolean
  maxAge: number | null
  cookiePath: string | null
  sameSite: string | null
}

/** Reads the annotations of an ordinary Ingress that the gateway itself obeys. */
export function mannersOf(ingress: Ingress, tls: boolean, options: ControllerOptions): Manners {
  const read = (key: string) => ingress.annotations[NGINX + key]?.trim() ?? ''
  const maxAge = read('session-cookie-max-age')
  return {
    rewrite: rewriteOf(ingress, options),
    toHttps: flag(ingress, 'force-ssl-redirect', false) || (tls && flag(ingress, 'ssl-redirect', true)),
    maxAge: /^\d+$/.test(maxAge) ? Number(maxAge) : null,
    cookiePath: read('session-cookie-path') || null,
    sameSite: read('session-cookie-samesite') || null,
  }
}
