import { findingOf } from '@/lib/domain/finding'
import { epochMsOf } from '@/lib/domain/iso'
import { annotationAt, NGINX, type Subject, shown } from '@/lib/domain/lint/subject'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { Finding } from '@/lib/domain/model/release'

const DAY_MS = 86_400_000
const STALE_DAYS = 14

/** What the controller reads from a canary Ingress itself. Source: canary-semantics.md A.2, A.7. */
const READ: ReadonlySet<string> = new Set([
  'canary',
  'canary-weight',
  'canary-weight-total',
  'canary-by-header',
  'canary-by-header-value',
  'canary-by-header-pattern',
  'canary-by-cookie',
  'affinity-canary-behavior',
  'load-balance',
  'upstream-hash-by',
  'upstream-hash-by-subset',
  'upstream-hash-by-subset-size',
  'service-upstream',
])
const SERVER_WIDE = /^(?:auth-tls|proxy-ssl)-/

const nginxKeys = ({ annotations }: Ingress): string[] =>
  Object.keys(annotations)
    .filter(key => key.startsWith(NGINX))
    .map(key => key.slice(NGINX.length))
    .sort()

/** Annotations of a canary, without prefix, that the controller does not read from it. */
export const ignoredKeys = (canary: Ingress): string[] =>
  nginxKeys(canary).filter(key => !READ.has(key) && !SERVER_WIDE.test(key))

const list = (keys: readonly string[]): string => shown(keys.join(', '))

function foreignAnnotations({ canary }: Subject): Finding[] {
  const ignored = ignoredKeys(canary)
  const wide = nginxKeys(canary).filter(key => SERVER_WIDE.test(key))
  const at = annotationAt(canary)
  return [
    ...(ignored.length > 0 ? [findingOf('L28', at, { keys: list(ignored) })] : []),
    ...(wide.length > 0 ? [findingOf('L39', at, { keys: list(wide) })] : []),
  ]
}

function leftOver({ canary, release, nowMs, live }: Subject): Finding[] {
  if (nowMs === null || release.state !== 'parked' || live.length === 0) return []
  const sinceMs = Math.max(canary.createdAtMs, epochMsOf(canary.changed?.at ?? ''))
  const days = Math.floor((nowMs - sinceMs) / DAY_MS)
  if (days <= STALE_DAYS) return []
  return [findingOf('L38', annotationAt(canary, 'canary-weight'), { canary: canary.name, days })]
}

/** Nothing distinguishes the versions by their images: then what is released may be stable already. */
function sameImage({ canary, release, live }: Subject): Finding[] {
  const images = (side: 'stable' | 'canary') => [
    ...new Set(release[side].deployments.map(each => each.image).filter(Boolean)),
  ]
  const [stable, ...more] = images('stable')
  const [other, ...others] = images('canary')
  if (live.length === 0 || stable === undefined || stable !== other) return []
  if (more.length + others.length > 0) return []
  const where = `${canary.namespace}/${release.canary.deployments[0]?.name} spec.template.spec.containers[0].image`
  return [findingOf('L49', where, { image: shown(stable) })]
}

/** L28, L38, L39 and L49: what is on the canary for nothing, and a canary that is there for nothing. */
export const upkeepFindings = (subject: Subject): Finding[] => [
  ...foreignAnnotations(subject),
  ...leftOver(subject),
  ...sameImage(subject),
]
