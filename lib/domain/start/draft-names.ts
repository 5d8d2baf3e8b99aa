import type { StartNames, StartRoute, StartSources } from '@/lib/domain/model/start'
import { ok, type Result } from '@/lib/domain/problem'
import type { StartChoice } from '@/lib/domain/start/choice'
import {
  canaryNameProblem,
  cloneNames,
  freeCanaryName,
  freeSuffix,
  suffixProblem,
  takenIn,
} from '@/lib/domain/start/names'
import type { Stable } from '@/lib/domain/start/stable'

/**
 * The names a start takes: those chosen, else the next free ones. `own`: the release that is continued, whose objects are its own.
 * Errors: `invalid-input`, `already-exists` with the fields `suffix` and `name`.
 */
export function draftNames(
  { suffix: chosenSuffix, name: chosenName }: Pick<StartChoice, 'suffix' | 'name'>,
  { route, stable, own }: { route: StartRoute; stable: Stable; own: string | null },
  sources: StartSources,
): Result<StartNames> {
  const taken = takenIn(route.namespace, sources, own)
  const suffix = chosenSuffix ?? freeSuffix(stable, taken)
  const name = chosenName ?? freeCanaryName(route, taken)
  const problem = suffixProblem(suffix, stable, taken) ?? canaryNameProblem(name, route, taken)
  return problem ?? ok({ suffix, name, ...cloneNames(stable, suffix) })
}
