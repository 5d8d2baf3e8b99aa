import { canaryOf } from '@/lib/domain/annotation'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { HeaderRule, Rules } from '@/lib/domain/model/release'
import type { Abilities } from '@/lib/domain/model/routing'
import { parseSamplingSetting } from '@/lib/domain/sampling-setting'

const CONTROLLER = { annotationValidation: true }

/** The rules of a release as the controller reads them, with the example that probes carry. */
export function rulesOf(canary: Ingress): Rules {
  const { header, value, pattern, cookie } = canaryOf(canary, CONTROLLER)
  const { example } = parseSamplingSetting(canary)
  const rule: HeaderRule = {
    name: header,
    ...(value && { value }),
    ...(pattern && { pattern }),
    ...(pattern && example !== undefined && { example }),
  }
  return { header: header ? rule : null, cookie: cookie || null }
}

/**
 * Can any request match these rules.
 * Source: nginx looks a header up with dashes for underscores; any other character keeps its variable from ever being set.
 */
export function canMatch({ header, cookie }: Rules, matches: Abilities['matches'] | undefined): boolean {
  if (cookie !== null) return true
  if (!header || !/^[A-Za-z0-9_-]+$/.test(header.name)) return false
  if (header.value !== undefined || header.pattern === undefined) return true
  return matches?.(header.pattern, '') !== 'broken'
}
