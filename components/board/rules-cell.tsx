import { useLanguage } from '@/components/shell/language-context'
import { Tag } from '@/components/ui/tag'
import type { Rules } from '@/lib/domain/model/release'

/** What a request carries to be picked up, as one would write it. */
function marksOf({ header, cookie }: Rules): string[] {
  const headers = () => {
    if (!header) return []
    if (header.value) return [`${header.name}: ${header.value}`]
    return [header.pattern ? `${header.name} ~ ${header.pattern}` : `${header.name}: always`]
  }
  return [...headers(), ...(cookie ? [`${cookie}=always`] : [])]
}

/** The rules of a release as tags, in the controller's order. */
export function RulesCell({ rules }: { rules: Rules }) {
  const { say } = useLanguage()
  const marks = marksOf(rules)
  return (
    <div
      className={`col-start-1 min-w-0 pt-[3px] md:max-xl:[grid-area:2/1] xl:col-start-auto ${marks.length === 0 ? 'max-xl:hidden' : ''}`}
    >
      <span className="sr-only">{say.board.column.rules}: </span>
      {marks.length === 0 && <span className="text-sm text-ink-soft">{say.shared.none}</span>}
      <span className="flex flex-wrap gap-1">
        {marks.map(mark => (
          <Tag key={mark}>{mark}</Tag>
        ))}
      </span>
    </div>
  )
}
