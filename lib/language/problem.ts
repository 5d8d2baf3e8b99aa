import type { Params } from '@/lib/domain/problem'
import type { Language } from '@/lib/language/language'
import { inputs, problems } from '@/lib/language/zh/problem'

/** What a problem brings to be said: from a write's answer, or from the domain itself. */
export type Told = { code: string; title: string; params?: Params; field?: string }

const isKnown = (code: string): code is keyof typeof problems => Object.hasOwn(problems, code)

/** A problem as one sentence in the reader's language. English is the title; what has no translation is told so. */
export function problemText({ code, title, params = {}, field = '' }: Told, language: Language): string {
  const sentence = /[.。!?]$/.test(title) ? title : `${title}.`
  if (language === 'en') return sentence
  if (isKnown(code)) return problems[code](params)
  const say = inputs[`${field} ${params.rule ?? ''}`] ?? inputs[field]
  return say ? say(params) : `输入有误：${sentence}`
}
