import type { ReactNode } from 'react'
import { useLanguage } from '@/components/shell/language-context'
import type { ReleaseId } from '@/lib/domain/model/release'

/** Where one is, and the acts that never scroll away: at the top, on a phone at the bottom. */
export function Head({ id, children }: { id: ReleaseId; children: ReactNode }) {
  const { say } = useLanguage()
  return (
    <div className="sticky top-0 z-5 -mx-(--pad) flex flex-wrap items-center gap-x-4 gap-y-2 bg-paper px-(--pad) py-2.5 max-md:static">
      <nav aria-label={say.release.crumbs} className="min-w-0 text-sm text-ink-soft">
        <ol className="flex flex-wrap gap-x-2">
          <li>{id.cluster}</li>
          <li className="before:mr-2 before:content-['/']">{id.namespace}</li>
          <li aria-current="page" className="font-mono before:mr-2 before:font-sans before:content-['/']">
            {id.name}
          </li>
        </ol>
      </nav>
      <div className="ml-auto flex flex-wrap items-center justify-end gap-2 max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:z-5 max-md:border-t max-md:border-line max-md:bg-paper max-md:p-3 max-md:*:grow">
        {children}
      </div>
    </div>
  )
}
