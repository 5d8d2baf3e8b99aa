import { nameOf } from '@/components/release/name-of'
import type { WeightDraft } from '@/components/release/traffic/weight-draft'
import { useLanguage } from '@/components/shell/language-context'
import { Glyph } from '@/components/ui/glyph'
import type { Release } from '@/lib/domain/model/release'

/** The two ends of the bar: canary at the left where it grows, stable at the right, each with its parts now and drafted. */
export function Ends({ release, draft }: { release: Release; draft: WeightDraft | undefined }) {
  const { format } = useLanguage()
  const { weight, weightTotal } = release
  const to = draft && { canary: draft.weight, stable: draft.weightTotal - draft.weight }
  const rest = Math.max(0, weightTotal - weight)
  return (
    <div className="flex items-baseline justify-between gap-4 font-semibold">
      <span className="min-w-0">
        <Glyph kind="canary" size={12} /> <span>{nameOf(release.canary)}</span>{' '}
        <span className="ml-1 text-xl">{format.number(weight)}</span>{' '}
        {to && <span className="text-spot">→ {format.number(to.canary)}</span>}
      </span>
      <span className="max-w-[60%] flex-none text-right">
        <span className="text-xl">{format.number(rest)}</span>{' '}
        {to && <span className="text-spot">→ {format.number(to.stable)}</span>}{' '}
        <span className="ml-1">
          <Glyph kind="stable" size={12} /> <span>{nameOf(release.stable)}</span>
        </span>
      </span>
    </div>
  )
}
