import { canaryOf } from '@/lib/domain/annotation'
import { parseGoInt } from '@/lib/domain/go-text'
import { isHarmless, type MendFacts } from '@/lib/domain/lint/harmless'
import { NGINX, pathAt, written } from '@/lib/domain/lint/subject'
import { ignoredKeys } from '@/lib/domain/lint/upkeep-rules'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { Finding } from '@/lib/domain/model/release'
import { ownerOf } from '@/lib/domain/owner'
import { pathsOf } from '@/lib/domain/path-index'

/** One operation of a JSON patch of an Ingress. Source: RFC 6902. */
export type PatchOperation =
  | { op: 'test' | 'replace'; path: string; value: string }
  | { op: 'remove'; path: string }

export type { MendFacts } from '@/lib/domain/lint/harmless'

type Scene = { canary: Ingress; finding: Finding; facts: MendFacts }

const [WEIGHT, TOTAL, HEADER, VALUE, PATTERN] = [
  'canary-weight',
  'canary-weight-total',
  'canary-by-header',
  'canary-by-header-value',
  'canary-by-header-pattern',
]
const pointer = (key: string) =>
  `/metadata/annotations/${(NGINX + key).replaceAll('~', '~0').replaceAll('/', '~1')}`

/** What must still stand there: an annotation that is not written cannot be tested for. */
const asIs = ({ annotations }: Ingress, keys: readonly string[]): PatchOperation[] =>
  keys.flatMap(key => {
    const value = annotations[NGINX + key]
    return value === undefined ? [] : [{ op: 'test' as const, path: pointer(key), value }]
  })

const replaced = (canary: Ingress, key: string, value: string, others: readonly string[] = []) => [
  ...asIs(canary, [key, ...others]),
  { op: 'replace' as const, path: pointer(key), value },
]

const removed = (canary: Ingress, keys: readonly string[], others: readonly string[] = []) => [
  ...asIs(canary, [...keys, ...others]),
  ...keys.map(key => ({ op: 'remove' as const, path: pointer(key) })),
]

/** What the controller reads in place of a text that is no number. */
function badNumber({ canary, finding }: Scene): PatchOperation[] | null {
  const key = [WEIGHT, TOTAL].find(each => finding.params.key === each)
  const text = key === undefined ? undefined : canary.annotations[NGINX + key]
  if (key === undefined || text === undefined || parseGoInt(text) !== null) return null
  return replaced(canary, key, key === WEIGHT ? '0' : '100')
}

function smallTotal({ canary }: Scene): PatchOperation[] | null {
  const total = parseGoInt(written(canary, TOTAL))
  return total !== null && total < 100 ? removed(canary, [TOTAL]) : null
}

function weightOutside({ canary }: Scene): PatchOperation[] | null {
  const weight = parseGoInt(written(canary, WEIGHT))
  const total = parseGoInt(written(canary, TOTAL)) ?? 100
  if (weight === null || (weight >= 0 && weight <= Math.max(100, total))) return null
  // The text itself: a number that large may not survive being read and written.
  const whole = total > 100 ? written(canary, TOTAL) : '100'
  return replaced(canary, WEIGHT, weight < 0 ? '0' : whole, [TOTAL])
}

/** A value hides the pattern, where the controller takes the value whether or not it checks annotations. */
function hiddenPattern({ canary }: Scene): PatchOperation[] | null {
  const { header, value } = canaryOf(canary, { annotationValidation: true })
  const isHidden = header !== '' && value !== '' && written(canary, PATTERN) !== ''
  return isHidden ? removed(canary, [PATTERN], [HEADER, VALUE]) : null
}

function withoutHeader({ canary, finding }: Scene): PatchOperation[] | null {
  const key = [VALUE, PATTERN].find(each => finding.params.key === each)
  if (key === undefined || written(canary, key) === '' || written(canary, HEADER).trim() !== '') return null
  return removed(canary, [key], [HEADER])
}

/** An underscore in a rule stands for a dash; any other sign has no meaning that could be kept. */
function headerName({ canary }: Scene): PatchOperation[] | null {
  const name = written(canary, HEADER)
  return /^[A-Za-z0-9_-]*_[A-Za-z0-9_-]*$/.test(name)
    ? replaced(canary, HEADER, name.replaceAll('_', '-'))
    : null
}

/** One of these may have made the controller leave out the canary, so that it comes to life without it. */
function ignored({ canary, facts }: Scene): PatchOperation[] | null {
  const keys = ignoredKeys(canary)
  return keys.length > 0 && isHarmless(canary, facts) ? removed(canary, keys, [WEIGHT]) : null
}

function pathType({ canary, finding, facts }: Scene): PatchOperation[] | null {
  const path = pathsOf(facts, canary).find(each => finding.where === pathAt(each))
  const at = path && /^spec\.rules\[(\d+)\]\.http\.paths\[(\d+)\]$/.exec(path.where)
  if (!path?.partner?.served || path.dead?.id !== 'L02' || !at) return null
  if (path.pathType === '' || !isHarmless(canary, facts)) return null
  const where = `/spec/rules/${at[1]}/http/paths/${at[2]}`
  const read = canary.rules[Number(at[1])]?.paths?.[Number(at[2])]
  return [
    ...(read?.path ? [{ op: 'test' as const, path: `${where}/path`, value: read.path }] : []),
    { op: 'test', path: `${where}/pathType`, value: path.pathType },
    ...asIs(canary, [WEIGHT]),
    { op: 'replace', path: `${where}/pathType`, value: path.partner.pathType || 'Prefix' },
  ]
}

const MENDINGS: Readonly<Record<string, (scene: Scene) => PatchOperation[] | null>> = {
  L02: pathType,
  L11: badNumber,
  L12: smallTotal,
  L13: weightOutside,
  L18: hiddenPattern,
  L19: withoutHeader,
  L20: headerName,
  L28: ignored,
}

/** Ids of findings that Halftone can mend, some of them only where nobody gets another version by it. */
export const mendableIds: readonly string[] = Object.keys(MENDINGS)

/**
 * The patch of a canary Ingress that takes a finding away without giving anybody another version than before; null where
 * there is none. It begins with tests of what it replaces and of what makes it safe.
 *
 * Limits: with another canary in effect anew, a request with the cookie "=always" finds it.
 */
export function mendingOf(finding: Finding, canary: Ingress, facts: MendFacts): PatchOperation[] | null {
  if (ownerOf(canary) || !Object.hasOwn(MENDINGS, finding.id)) return null
  return MENDINGS[finding.id]?.({ canary, finding, facts }) ?? null
}
