import { findingOf } from '@/lib/domain/finding'
import { parseGoBool } from '@/lib/domain/go-text'
import { annotationAt, type Subject, shown, written } from '@/lib/domain/lint/subject'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { Finding } from '@/lib/domain/model/release'

const has = (ingress: Ingress, key: string): boolean => written(ingress, key).trim() !== ''

/** Source: ingress-nginx 1.15.1, balancer.lua: chash_subset is built once for a backend. */
const hashesBySubset = (ingress: Ingress): boolean =>
  has(ingress, 'upstream-hash-by') && parseGoBool(written(ingress, 'upstream-hash-by-subset')) === true

function errorPages(ingress: Ingress): Finding[] {
  if (!has(ingress, 'custom-http-errors') || !has(ingress, 'default-backend')) return []
  return [findingOf('L29', annotationAt(ingress, 'custom-http-errors'), { ingress: ingress.name })]
}

function subset(ingress: Ingress): Finding[] {
  if (!hashesBySubset(ingress)) return []
  return [findingOf('L30', annotationAt(ingress, 'upstream-hash-by-subset'), { ingress: ingress.name })]
}

function notInherited(ingress: Ingress, canary: Ingress): Finding[] {
  return ['upstream-hash-by', 'load-balance']
    .filter(key => has(ingress, key) && !has(canary, key))
    .map(key => {
      const params = { key, ingress: ingress.name, written: shown(written(ingress, key)) }
      return findingOf('L31', annotationAt(ingress, key), params)
    })
}

/** L29 to L31: settings of the ordinary Ingress that mean less, or more, beside a canary. */
export function ordinaryFindings({ canary, live }: Subject): Finding[] {
  if (live.length === 0) return []
  const ordinary = [...new Set(live.flatMap(({ partner }) => (partner ? [partner.ingress] : [])))]
  return [
    ...ordinary.flatMap(errorPages),
    ...[...ordinary, canary].flatMap(subset),
    ...ordinary.flatMap(each => notInherited(each, canary)),
  ]
}
