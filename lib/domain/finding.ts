import { controllerTexts } from '@/lib/domain/lint/controller-texts'
import { deadTexts } from '@/lib/domain/lint/dead-texts'
import { reachTexts } from '@/lib/domain/lint/reach-texts'
import { ruleTexts } from '@/lib/domain/lint/rule-texts'
import type { FindingText } from '@/lib/domain/lint/texts'
import { upkeepTexts } from '@/lib/domain/lint/upkeep-texts'
import type { Finding, Severity } from '@/lib/domain/model/release'
import type { Params } from '@/lib/domain/problem'

/**
 * Every finding in English; the UI has the same ids in the reader's language.
 * Source: canary-semantics.md, part C; L44 and what follows are ours.
 */
const CATALOGUE = {
  ...controllerTexts,
  ...deadTexts,
  ...ruleTexts,
  ...reachTexts,
  ...upkeepTexts,
} as const

export type FindingId = keyof typeof CATALOGUE

const isKnown = (id: string): id is FindingId => Object.hasOwn(CATALOGUE, id)

/** The ids of all findings that can be made: each has a text in every language. */
export const findingIds: readonly FindingId[] = Object.keys(CATALOGUE).filter(isKnown)

const UNKNOWN: FindingText = {
  severity: 'error',
  title: '{target} has no effect',
  why: 'The controller leaves this path out (reason {id}).',
}

const filled = (template: string, params: Params): string =>
  template.replace(/\{(\w+)\}/g, (_whole, name: string) => String(params[name] ?? '–'))

/** A finding with these English texts, `{name}` standing for a parameter. `where` names object and field. */
export function findingFrom(
  id: string,
  text: FindingText,
  { where, params }: Pick<Finding, 'where' | 'params'>,
): Finding {
  const said = (template: string) => filled(template, { ...params, id })
  return {
    id,
    severity: text.severity,
    where,
    params,
    title: said(text.title),
    why: said(text.why),
    ...(text.fix !== undefined && { fix: said(text.fix) }),
  }
}

/** A finding of the linter with its English texts; `severity` where it is not that of the catalogue. */
export function findingOf(id: string, where: string, params: Params, severity?: Severity): Finding {
  const text: FindingText = isKnown(id) ? CATALOGUE[id] : UNKNOWN
  return findingFrom(id, { ...text, ...(severity && { severity }) }, { where, params })
}
