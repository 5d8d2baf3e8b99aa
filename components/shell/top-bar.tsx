'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { ClusterSign } from '@/components/shell/cluster-sign'
import { useLanguage } from '@/components/shell/language-context'
import { LanguageSwitch } from '@/components/shell/language-switch'
import { Logo } from '@/components/shell/logo'
import { PAGES } from '@/components/shell/pages'
import { PagesMenu } from '@/components/shell/pages-menu'
import { ThemeSwitch } from '@/components/shell/theme-switch'

/** The top of every page: where one is, which clusters are connected, language and theme. */
export function TopBar() {
  const { say } = useLanguage()
  const path = usePathname()
  return (
    <header className="border-b border-line">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:z-10 focus:bg-sheet focus:p-3"
      >
        {say.shared.skip}
      </a>
      <div className="page-width flex h-13 items-center gap-6 max-md:gap-3">
        <Link
          href="/"
          className="inline-flex h-11 items-center gap-2.5 text-[15px] whitespace-nowrap font-semibold tracking-[-.01em]"
        >
          <Logo />
          {say.shared.productName}
        </Link>
        <nav aria-label={say.shared.mainMenu} className="flex gap-6 self-stretch max-md:hidden">
          {PAGES.map(({ href, name }) => (
            <Link
              key={href}
              href={href}
              aria-current={path === href ? 'page' : undefined}
              className="flex items-center whitespace-nowrap text-ink-soft hover:text-ink aria-[current]:font-semibold aria-[current]:text-ink aria-[current]:shadow-[inset_0_-2px_0_var(--color-ink)]"
            >
              {say.shared[name]}
            </Link>
          ))}
        </nav>
        <div className="ml-auto flex min-w-0 items-center gap-1">
          <ClusterSign />
          <LanguageSwitch />
          <ThemeSwitch />
          <PagesMenu />
        </div>
      </div>
    </header>
  )
}
