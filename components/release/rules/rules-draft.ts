import type { HeaderRule, Release, Rules } from '@/lib/domain/model/release'

/** How a header rule matches, as one picks it: always/never, one exact value, or a pattern. */
export type HeaderMode = 'always' | 'exact' | 'pattern'

/** A header rule as it stands in the fields: every text is kept while the mode is changed to and fro. */
export type HeaderDraft = { name: string; mode: HeaderMode; value: string; pattern: string; example: string }

/** Rules as the hand wants them, and what the release was when the hand touched them. */
export type RulesDraft = {
  header: HeaderDraft | null
  cookie: string | null
  base: { resourceVersion: string; seen: string }
}

/** Everything a write of the rules would trample on: what others may have changed meanwhile. */
const seenOf = ({ rules, weight, weightTotal }: Release) => JSON.stringify([rules, weight, weightTotal])

const modeOf = ({ value, pattern }: HeaderRule): HeaderMode =>
  value ? 'exact' : pattern ? 'pattern' : 'always'

export const headerDraftOf = (header: HeaderRule | null): HeaderDraft | null =>
  header && {
    name: header.name,
    mode: modeOf(header),
    value: header.value ?? '',
    pattern: header.pattern ?? '',
    example: header.example ?? '',
  }

/** A draft begun now, from what the release is. */
export const rulesDraftOf = (release: Release): RulesDraft => ({
  header: headerDraftOf(release.rules.header),
  cookie: release.rules.cookie,
  base: { resourceVersion: release.resourceVersion, seen: seenOf(release) },
})

export const rulesOvertaken = (draft: RulesDraft, release: Release): boolean =>
  draft.base.seen !== seenOf(release)

export const rulesRebased = (draft: RulesDraft, release: Release): RulesDraft => ({
  ...draft,
  base: rulesDraftOf(release).base,
})

/** The rules a draft asks for, as they are written: only what its mode uses. */
export function rulesOf({ header, cookie }: Pick<RulesDraft, 'header' | 'cookie'>): Rules {
  if (!header) return { header: null, cookie }
  const { name, mode, value, pattern, example } = header
  const extra =
    mode === 'exact' ? { value } : mode === 'pattern' ? { pattern, ...(example !== '' && { example }) } : {}
  return { header: { name, ...extra }, cookie }
}

/** Says the draft something else than the release does? */
export function isRulesChange(draft: RulesDraft, release: Release): boolean {
  const now = rulesOf({ header: headerDraftOf(release.rules.header), cookie: release.rules.cookie })
  return JSON.stringify(rulesOf(draft)) !== JSON.stringify(now)
}

/** An empty header rule, to be filled in. */
export const NEW_HEADER: HeaderDraft = { name: '', mode: 'always', value: '', pattern: '', example: '' }
