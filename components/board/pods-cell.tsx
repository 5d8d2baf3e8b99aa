import { PodDots } from '@/components/board/pod-dots'
import { podsOf, versionName } from '@/components/board/pods'
import { useLanguage } from '@/components/shell/language-context'
import type { Unread } from '@/lib/domain/model/claims'
import type { BoardRelease } from '@/lib/domain/model/release'

/** The pods of both versions, ready or not, and what the versions are called. */
export function PodsCell({
  release: { stable, canary },
  unread,
}: {
  release: BoardRelease
  unread: readonly Unread[]
}) {
  const { say, format } = useLanguage()
  const sides = [
    { kind: 'stable', version: stable },
    { kind: 'canary', version: canary },
  ] as const
  const names = sides.map(({ version }) => versionName(version) || say.board.noService)
  const spoken = sides.map(({ version }, index) => {
    const { ready, all } = podsOf(version)
    const source = version.deployments.length > 0 ? 'deployments' : 'endpoints'
    if (unread.includes(source)) return say.board.podsUnread(names[index] ?? '')
    return say.board.pods(names[index] ?? '', format.number(ready), format.number(all))
  })
  return (
    <div className="hidden min-w-0 xl:block">
      <div
        className="mt-1.5 mb-[5px] flex min-h-[11px] flex-wrap gap-x-2.5 gap-y-1"
        role="img"
        aria-label={spoken.join('; ')}
      >
        {sides.map(({ kind, version }) => {
          const pods = podsOf(version)
          return pods.all > 0 && <PodDots key={kind} kind={kind} {...pods} />
        })}
      </div>
      <p className="truncate text-xs/[18px] text-ink-soft" title={names.join(' → ')}>
        {names.join(' → ')}
      </p>
    </div>
  )
}
