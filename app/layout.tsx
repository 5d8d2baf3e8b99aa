import '@/app/globals.css'
import { cookies, headers } from 'next/headers'
import type { ReactNode } from 'react'
import { Shell } from '@/components/shell/shell'
import { LANGUAGE_COOKIE, languageOf, THEME_COOKIE, themeOf } from '@/lib/language/language'

export const metadata = { applicationName: 'Halftone' }
export const viewport = { width: 'device-width', initialScale: 1 }

export default async function Layout({ children }: { children: ReactNode }) {
  const [jar, sent] = [await cookies(), await headers()]
  const language = languageOf(jar.get(LANGUAGE_COOKIE)?.value, sent.get('accept-language'))
  return (
    <html lang={language} data-theme={themeOf(jar.get(THEME_COOKIE)?.value)} suppressHydrationWarning>
      <body>
        <Shell language={language}>{children}</Shell>
      </body>
    </html>
  )
}
