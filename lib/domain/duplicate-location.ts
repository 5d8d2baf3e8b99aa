import type { MatchTable } from '@/lib/domain/location-match'
import type { Server } from '@/lib/domain/server'

/**
 * Two ordinary paths that come to one location: nginx refuses its whole configuration for them.
 * `target` is host and path as nginx would have it; `where` the later Ingress; `ingresses` all that name it.
 */
export type DuplicateLocation = { target: string; where: string; ingresses: readonly string[] }

/** Only a path beside itself with a final slash, or a third location of one path, can come to the same as another. */
const isSuspect = ({ locations, firstByPath }: Server): boolean =>
  locations.length > firstByPath.size + 1 ||
  locations.some(({ path }) => path.endsWith('/') && path.length > 1 && firstByPath.has(path.slice(0, -1)))

function duplicatesOf({ asPatterns, rules }: MatchTable): DuplicateLocation[] {
  if (asPatterns) return []
  const first = new Map<string, (typeof rules)[number]>()
  const found = new Map<string, DuplicateLocation>()
  for (const rule of rules) {
    const key = `${rule.isExact} ${rule.path}`
    const before = first.get(key)
    if (!before) first.set(key, rule)
    const sides = [before?.location, rule.location].flatMap(each => each?.ordinary ?? [])
    const later = sides.at(-1)
    const pair = sides.map(each => `${each.path} ${each.pathType}`).join('\n')
    if (!before || !later || found.has(pair)) continue
    const { namespace, name } = later.ingress
    const target = `${later.host}${rule.path}`
    found.set(pair, {
      target,
      where: `${namespace}/${name} spec.rules[${target}]`,
      ingresses: [...new Set(sides.map(each => `${each.ingress.namespace}/${each.ingress.name}`))],
    })
  }
  return [...found.values()]
}

/**
 * Every location that would stand twice in nginx's configuration.
 *
 * Limits: none where a host's locations are matched as patterns: nginx lets those repeat.
 * Source: nginx 1.27, ngx_http_core_module "duplicate location"; docs/differential.md.
 */
export const duplicatesIn = (
  servers: Iterable<Server>,
  tableOf: (server: Server) => MatchTable,
): DuplicateLocation[] => [...servers].filter(isSuspect).flatMap(server => duplicatesOf(tableOf(server)))
