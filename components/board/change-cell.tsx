import { Age, Ago } from '@/components/shell/ago'
import { Around } from '@/components/shell/around'
import { useLanguage } from '@/components/shell/language-context'
import type { BoardRelease } from '@/lib/domain/model/release'

/** Who changed the release last and when, and how long it has been open. */
export function ChangeCell({ release: { changedAt, changedBy, createdAt } }: { release: BoardRelease }) {
  const { say } = useLanguage()
  return (
    <div className="col-start-1 min-w-0 max-md:flex max-md:flex-wrap max-md:items-baseline max-md:gap-x-2.5 md:max-xl:[grid-area:2/3] xl:col-start-auto">
      <p className="truncate text-sm" title={changedBy ?? undefined}>
        <span className="sr-only">{say.board.column.change}: </span>
        <Ago at={changedAt ?? createdAt} /> · {changedBy ?? say.board.somebody}
      </p>
      <p className="text-xs/[18px] text-ink-soft">
        <Around text={say.board.open} slot={<Age at={createdAt} />} />
      </p>
    </div>
  )
}
