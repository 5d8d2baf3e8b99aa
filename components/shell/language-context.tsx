'use client'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { type Catalogue, catalogueOf } from '@/lib/language/catalogue'
import { type Format, formatOf } from '@/lib/language/format'
import type { Language } from '@/lib/language/language'

/** The reader's language: its texts, and how it writes figures and times. */
export type Speech = { language: Language; say: Catalogue; format: Format }

const speechOf = (language: Language): Speech => ({
  language,
  say: catalogueOf(language),
  format: formatOf(language),
})

const Context = createContext<Speech>(speechOf('en'))

/** Gives everything inside the reader's language, the same on the server and in the browser. */
export function LanguageProvider({ language, children }: { language: Language; children: ReactNode }) {
  return <Context value={useMemo(() => speechOf(language), [language])}>{children}</Context>
}

export const useLanguage = (): Speech => useContext(Context)
