import type { Ingress } from '@/lib/domain/model/ingress'
import type { HeaderRule, Release, Rules } from '@/lib/domain/model/release'
import type { Abilities } from '@/lib/domain/model/routing'
import {
  type AnnotationPatch,
  type Annotations,
  annotationKey,
  annotationPatch,
  notACanary,
  ownedElsewhere,
} from '@/lib/domain/patch'
import { type Failure, ok, type Result } from '@/lib/domain/problem'
import { cookieProblem, headerProblem, type RulesInput } from '@/lib/domain/rule-check'
import { parseSamplingSetting, samplingText } from '@/lib/domain/sampling-setting'

type Header = RulesInput['header']

const isSameRule = (a: Header, b: HeaderRule | null): boolean =>
  a?.name === b?.name && a?.value === b?.value && a?.pattern === b?.pattern

/** The texts that differ from what the object carries. */
function changesOf(canary: Pick<Ingress, 'annotations'>, wanted: Annotations): Annotations {
  const present = (key: string) => canary.annotations[key] ?? null
  return Object.fromEntries(Object.entries(wanted).filter(([key, text]) => present(key) !== text))
}

function headerAnnotations(header: Header): Annotations {
  return {
    [annotationKey.header]: header?.name ?? null,
    [annotationKey.headerValue]: header?.value ?? null,
    [annotationKey.headerPattern]: header?.pattern ?? null,
  }
}

/** All rules of a draft in one patch, whatever is there now: for showing the write and copying it as kubectl. */
export const draftPatch = ({ header, cookie }: RulesInput): AnnotationPatch =>
  annotationPatch({ ...headerAnnotations(header), [annotationKey.cookie]: cookie })

function exampleAnnotation(canary: Pick<Ingress, 'annotations'>, header: Header): Annotations {
  const { example: before, ...setting } = parseSamplingSetting(canary)
  const example = header?.pattern === undefined ? undefined : header.example
  if (example === before) return {}
  return { [annotationKey.sampling]: samplingText({ ...setting, ...(example !== undefined && { example }) }) }
}

/**
 * Replaces all rules of a release. Checks bind what the request changes; what is there already is carried over untouched.
 *
 * Errors: `owned-elsewhere`, `not-a-canary`, `invalid-input` with a field such as `header.name`.
 * Limits: `matches` judges patterns as RE2 does, so what only PCRE accepts cannot be written.
 */
export function rulesPatch(
  release: Pick<Release, 'id' | 'owner' | 'findings'> & { rules: Rules },
  canary: Pick<Ingress, 'annotations'>,
  input: RulesInput,
  abilities: { sessionCookieName: string | null; matches: Abilities['matches'] },
): Result<AnnotationPatch> {
  const { header, cookie } = release.rules
  const refused: Failure | null =
    ownedElsewhere(release) ??
    notACanary(release) ??
    headerProblem(input.header, header, abilities.matches) ??
    (input.cookie === cookie ? null : cookieProblem(input.cookie, abilities.sessionCookieName))
  if (refused) return refused
  return ok(
    annotationPatch({
      ...(isSameRule(input.header, header) ? {} : changesOf(canary, headerAnnotations(input.header))),
      ...(input.cookie === cookie ? {} : changesOf(canary, { [annotationKey.cookie]: input.cookie })),
      ...exampleAnnotation(canary, input.header),
    }),
  )
}
