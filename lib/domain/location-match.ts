import type { RewriteSetting } from '@/lib/domain/annotation'
import type { Abilities } from '@/lib/domain/model/routing'
import type { Location, Server } from '@/lib/domain/server'

/** `rewrites`: it is matched as a pattern, and with it everything on its server. */
type Rule = { path: string; isExact: boolean; rewrites: boolean; location: Location }

/**
 * A server's locations in the order and form in which nginx gets them.
 * `asPatterns`: one location that rewrites makes nginx match all of them as patterns, in any case.
 */
export type MatchTable = {
  asPatterns: boolean
  rules: readonly Rule[]
  exact: ReadonlyMap<string, Location>
  prefixes: readonly Rule[]
}

const isGreater = (a: string, b: string): number => (a === b ? 0 : a > b ? -1 : 1)

/** Source: ingress-nginx 1.15.1, location.go needsRewrite, template.go enforceRegexModifier. */
const isRewritten = (path: string, { target, useRegex }: RewriteSetting): boolean =>
  useRegex || (target !== '' && target !== path)

/**
 * A prefix is a location of its own with a final slash; without the slash it becomes an exact one. A prefix whose target
 * is its own path is rewritten nevertheless: below the final slash.
 */
function rulesFor(location: Location, exactPaths: ReadonlySet<string>): Rule[] {
  const { path, pathType, rewrite } = location
  const rule = (text: string, isExact: boolean): Rule => ({
    path: text,
    isExact,
    rewrites: isRewritten(text, rewrite),
    location,
  })
  if (path === '/' || pathType === 'Exact' || isRewritten(path, rewrite)) {
    return [rule(path, pathType === 'Exact')]
  }
  const under = rule(path.endsWith('/') ? path : `${path}/`, false)
  return exactPaths.has(path) ? [under] : [under, rule(path, true)]
}

/**
 * Prepares a server's locations for matching.
 *
 * Source: ingress-nginx 1.15.1, controller.go (sorted by length), location.go updateServerLocations, template.go buildLocation.
 */
export function matchTable({ locations }: Pick<Server, 'locations'>): MatchTable {
  const sorted = [...locations].sort((a, b) => b.path.length - a.path.length || isGreater(a.path, b.path))
  const exactPaths = new Set(locations.filter(each => each.pathType === 'Exact').map(each => each.path))
  const rules = sorted.flatMap(location => rulesFor(location, exactPaths))
  const exact = new Map<string, Location>()
  for (const { path, isExact, location } of rules) {
    if (isExact && !exact.has(path)) exact.set(path, location)
  }
  return {
    asPatterns: rules.some(each => each.rewrites),
    rules,
    exact,
    prefixes: rules.filter(rule => !rule.isExact),
  }
}

const isLiteral = (path: string): boolean => /^[\w/~%:@!,;=&'-]*$/.test(path)

function byPattern({ rules }: MatchTable, path: string, matches: Abilities['matches']) {
  const lower = path.toLowerCase()
  for (const rule of rules) {
    const found = isLiteral(rule.path)
      ? lower.startsWith(rule.path.toLowerCase())
      : matches(`(?i)^${rule.path}`, path)
    if (found === 'unknown') return 'unknown'
    if (found === true) return rule.location
  }
  return null
}

/**
 * Does nginx answer with a redirect to this location's path: the one asked for with a final slash.
 * Source: nginx 1.27, ngx_http_core_find_static_location: auto_redirect, of exact locations too.
 */
export const isRedirected = ({ path: own }: Pick<Location, 'path'>, path: string): boolean =>
  own === `${path}/`

function byPrefix({ prefixes, exact }: MatchTable, path: string): Location | null {
  const same = exact.get(path)
  if (same) return same
  let best: Rule | undefined
  let redirected = exact.get(`${path}/`)
  for (const rule of prefixes) {
    if (rule.path === path) return rule.location
    if (isRedirected(rule, path)) redirected ??= rule.location
    if (path.startsWith(rule.path) && rule.path.length > (best?.path.length ?? -1)) best = rule
  }
  return redirected ?? best?.location ?? null
}

/**
 * The location for a path; "unknown" where a pattern on the way cannot be modelled.
 *
 * Units: `path` is decoded and without a query. Source: nginx 1.27, ngx_http_core_find_location.
 */
export const locationFor = (
  table: MatchTable,
  path: string,
  matches: Abilities['matches'],
): Location | 'unknown' | null => (table.asPatterns ? byPattern(table, path, matches) : byPrefix(table, path))
