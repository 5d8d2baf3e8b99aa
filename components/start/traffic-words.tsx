import { rulesOf } from '@/components/release/rules/rules-draft'
import { useLanguage } from '@/components/shell/language-context'
import { RichText } from '@/components/shell/rich-text'
import { isParked, type ReleaseDraft } from '@/components/start/start-draft'
import type { Rich } from '@/lib/language/rich'

/** The rule a header draft stands for, as one would write it. */
function headerMark(draft: ReleaseDraft): string | null {
  const { header } = rulesOf(draft)
  if (!header) return null
  if (header.pattern !== undefined) return `${header.name} ~ ${header.pattern}`
  return `${header.name}: ${header.value ?? 'always'}`
}

/** Who gets the new version and when, in one sentence. */
export function TrafficWords({
  draft,
  stable,
  canary,
}: {
  draft: ReleaseDraft
  stable: string
  canary: string
}) {
  const { say } = useLanguage()
  const words = say.start.traffic
  if (isParked(draft)) return <RichText of={words.parked(stable)} />
  const header = headerMark(draft)
  const what = [
    ...(header ? [words.rule(header)] : []),
    ...(draft.cookie === null ? [] : [words.rule(`${draft.cookie}=always`)]),
    ...(draft.weight > 0 ? [words.weight(String(draft.weight))] : []),
  ]
  const joined = what.flatMap((each, index): Rich => (index === 0 ? each : [words.and, ...each]))
  return <RichText of={words.later(joined, canary)} />
}
