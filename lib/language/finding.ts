import type { Finding } from '@/lib/domain/model/release'
import type { Params } from '@/lib/domain/problem'
import type { Language } from '@/lib/language/language'
import { code, type Piece, type Rich } from '@/lib/language/rich'
import { findings } from '@/lib/language/zh/finding'

/** A finding in the reader's language. `fix` is empty where none is known. */
export type FindingText = { title: Rich; why: Rich; fix: Rich }

const isKnown = (id: string): id is keyof typeof findings => Object.hasOwn(findings, id)

/** Fills a template's `{name}` places with parameters, set as what the cluster calls them. */
function filled(template: string, params: Params): Rich {
  const parts = template.split(/\{(\w+)\}/)
  return parts
    .map((part, index): Piece => (index % 2 === 0 ? part : code(String(params[part] ?? '–'))))
    .filter(piece => piece !== '')
}

/** The texts of a finding. English is what the API says; a finding without a translation is told in English. */
export function findingText(finding: Finding, language: Language): FindingText {
  const { id, params, title, why, fix = '' } = finding
  if (language === 'en' || !isKnown(id)) return { title: [title], why: [why], fix: fix ? [fix] : [] }
  const text = findings[id]
  return { title: filled(text.title, params), why: filled(text.why, params), fix: filled(text.fix, params) }
}
