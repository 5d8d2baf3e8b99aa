import { en } from '@/lib/language/en/catalogue'
import type { Language } from '@/lib/language/language'
import { zh } from '@/lib/language/zh/catalogue'

/** Every text of the UI, by page. A language that lacks one does not compile. */
export type Catalogue = typeof en

/** The texts of a language. */
export const catalogueOf = (language: Language): Catalogue => (language === 'zh-CN' ? zh : en)
