'use client'
import Link from 'next/link'
import { useLanguage } from '@/components/shell/language-context'

/** Says that nothing is at this address, and where to go. */
export function NotFound() {
  const { say } = useLanguage()
  return (
    <main className="page-width py-12">
      <title>{`${say.shared.notFound.title} · Halftone`}</title>
      <h1 className="text-2xl font-normal">{say.shared.notFound.title}</h1>
      <p className="mt-2 text-ink-soft">{say.shared.notFound.text}</p>
      <p className="mt-4">
        <Link href="/" className="link">
          {say.shared.notFound.toBoard}
        </Link>
      </p>
    </main>
  )
}
