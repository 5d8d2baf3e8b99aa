import { useLanguage } from '@/components/shell/language-context'
import { MiniBar } from '@/components/ui/mini-bar'
import type { BoardRelease } from '@/lib/domain/model/release'

/** The configured weight, as dots and as a figure. Units: parts of the total, never percent. */
export function WeightCell({ release: { weight, weightTotal, owner } }: { release: BoardRelease }) {
  const { say, format } = useLanguage()
  const total = format.number(weightTotal)
  return (
    <div className="col-start-1 flex items-start gap-3 max-md:row-start-2 max-md:my-1 md:max-xl:[grid-area:1/2/3/3] xl:col-start-auto">
      <span className={owner ? 'opacity-60' : ''}>
        <MiniBar weight={weight} total={weightTotal} label={say.board.weight(format.number(weight), total)} />
      </span>
      <span className="min-w-11 text-xl font-semibold" aria-hidden="true">
        {format.number(weight)}
        {weightTotal !== 100 && (
          <small className="block text-xs/[14px] font-normal text-ink-soft">{say.board.ofTotal(total)}</small>
        )}
      </span>
    </div>
  )
}
