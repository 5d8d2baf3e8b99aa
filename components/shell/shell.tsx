import type { ReactNode } from 'react'
import { ConnectionStrip } from '@/components/shell/connection-strip'
import { LanguageProvider } from '@/components/shell/language-context'
import { Shortcuts } from '@/components/shell/shortcuts'
import { TopBar } from '@/components/shell/top-bar'
import type { Language } from '@/lib/language/language'

/** What surrounds every page. */
export function Shell({ language, children }: { language: Language; children: ReactNode }) {
  return (
    <LanguageProvider language={language}>
      <TopBar />
      <ConnectionStrip />
      <div id="content">{children}</div>
      <Shortcuts />
    </LanguageProvider>
  )
}
