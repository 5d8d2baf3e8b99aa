import Link from 'next/link'
import { useLanguage } from '@/components/shell/language-context'
import { releaseHref } from '@/components/shell/release-href'
import type { BoardRelease } from '@/lib/domain/model/release'

/** Which route the release is about; its name leads to its page. */
export function RouteCell({ release, several }: { release: BoardRelease; several: boolean }) {
  const { say } = useLanguage()
  const { id, routes } = release
  const first = routes.find(route => route.live) ?? routes[0]
  const more = routes.length - 1
  const path = first ? first.path || '/' : id.name
  // "/" alone tells nothing apart.
  const name = first?.host && path === '/' ? first.host + path : path
  const host = first ? first.host || say.shared.anyHost : say.board.noRoute
  const place = [...(name === path ? [host] : []), id.namespace, ...(several ? [id.cluster] : [])]
  return (
    <div className="col-start-1 min-w-0">
      <h2 className="truncate font-mono text-lg tracking-[-.03em]">
        <Link href={releaseHref(id)} prefetch={false} title={name} className="hover:underline">
          {name}
        </Link>
      </h2>
      <p className="truncate text-xs/[18px] text-ink-soft" title={`${place.join(' · ')} · ${id.name}`}>
        {place.join(' · ')}
        {more > 0 && ` · ${say.board.moreRoutes(more)}`}
      </p>
    </div>
  )
}
