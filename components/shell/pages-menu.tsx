'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useRef } from 'react'
import { useLanguage } from '@/components/shell/language-context'
import { PAGES } from '@/components/shell/pages'
import { buttonClass } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'

const ID = 'pages-menu'

/** The pages on a phone: behind one button, since the bar has no room. The browser opens and closes it, Esc too. */
export function PagesMenu() {
  const { say } = useLanguage()
  const path = usePathname()
  const menu = useRef<HTMLElement>(null)
  return (
    <div className="md:hidden">
      <button
        type="button"
        popoverTarget={ID}
        aria-label={say.shared.menu}
        className={`${buttonClass('quiet')} w-(--ctl) px-0!`}
      >
        <Icon name="more" />
      </button>
      <nav
        ref={menu}
        id={ID}
        popover="auto"
        aria-label={say.shared.menu}
        className="fixed inset-auto top-13 right-(--pad) m-0 min-w-40 rounded-lg border border-line-strong bg-sheet py-1 text-ink"
      >
        {PAGES.map(({ href, name }) => (
          <Link
            key={href}
            href={href}
            aria-current={path === href ? 'page' : undefined}
            onClick={() => menu.current?.hidePopover()}
            className="flex h-11 items-center px-4 hover:bg-sunk aria-[current]:font-semibold"
          >
            {say.shared[name]}
          </Link>
        ))}
      </nav>
    </div>
  )
}
