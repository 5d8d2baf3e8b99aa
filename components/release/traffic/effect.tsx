import { nameOf } from '@/components/release/name-of'
import { perPod, readyOf } from '@/components/release/traffic/load'
import type { WeightDraft } from '@/components/release/traffic/weight-draft'
import { useLanguage } from '@/components/shell/language-context'
import { RichText } from '@/components/shell/rich-text'
import type { Release } from '@/lib/domain/model/release'

/** What applying the draft would do, in words; the part that should make one think is set apart. */
export function Effect({
  release,
  draft,
  counted,
}: {
  release: Release
  draft: WeightDraft | undefined
  counted: boolean
}) {
  const { say, format } = useLanguage()
  if (!draft) return <p className="mt-3 text-sm text-ink-soft">{say.traffic.same}</p>
  const { canary, stable, weight, weightTotal } = release
  const before = (weight / weightTotal) * draft.weightTotal
  const [now, after] = [perPod(before, canary), perPod(draft.weight, canary)]
  const otherNow = perPod(draft.weightTotal - before, stable)
  const names = { canary: nameOf(canary), stable: nameOf(stable) }
  const grows = draft.weight > before
  return (
    <p className="mt-3 max-w-[76ch]">
      <RichText
        of={say.traffic.effect({ ...names, weight: draft.weight, total: draft.weightTotal, before })}
      />{' '}
      {grows && counted && after === null && (
        <span className="text-warn">{say.traffic.loadNobody(names.canary)}</span>
      )}
      {grows && after !== null && now !== null && otherNow !== null && (
        <span className={after > otherNow ? 'text-warn' : 'text-ink-soft'}>
          {say.traffic.load({
            pods: readyOf(canary),
            after: format.number(after),
            now: format.number(now),
            version: names.canary,
            other: names.stable,
            otherNow: format.number(otherNow),
          })}
        </span>
      )}
    </p>
  )
}
