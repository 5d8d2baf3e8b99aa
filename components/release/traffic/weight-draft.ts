import type { Release } from '@/lib/domain/model/release'

/** What the hand says until it is written: a weight, its total, and what the release was when the hand touched it. */
export type WeightDraft = {
  weight: number
  weightTotal: number
  /** What the cluster said when the draft began; its resourceVersion goes with the write. */
  base: Base
}

type Base = Pick<Release, 'resourceVersion' | 'weight' | 'weightTotal' | 'rules'>

const baseOf = ({ resourceVersion, weight, weightTotal, rules }: Release): Base => ({
  resourceVersion,
  weight,
  weightTotal,
  rules,
})

/** A draft begun now, from what the release is. */
export const draftOf = (release: Release, change: Partial<WeightDraft>): WeightDraft => ({
  weight: release.weight,
  weightTotal: release.weightTotal,
  base: baseOf(release),
  ...change,
})

/** The same draft, taken over to what the release is by now. */
export const rebased = (draft: WeightDraft, release: Release): WeightDraft => ({
  ...draft,
  base: baseOf(release),
})

/** Says the draft something else than the release. */
export const isChange = (draft: WeightDraft | undefined, release: Release): draft is WeightDraft =>
  draft !== undefined && (draft.weight !== release.weight || draft.weightTotal !== release.weightTotal)

/** Has somebody changed weight or rules since the draft began? A status update is no such change. */
export const isOvertaken = ({ base }: WeightDraft, release: Release): boolean =>
  base.weight !== release.weight ||
  base.weightTotal !== release.weightTotal ||
  JSON.stringify(base.rules) !== JSON.stringify(release.rules)

/** A weight in another total, as near as it gets: 20 of 100 → 200 of 1000. */
export const inTotal = (weight: number, from: number, to: number): number => Math.round((weight / from) * to)

/** The steps offered beside the slider. Units: parts of `total`. */
export const stepsOf = (total: number): number[] => {
  const parts = total === 1000 ? [0, 0.1, 1, 5, 10, 20, 50, 100] : [0, 1, 5, 10, 20, 50, 100]
  return [...new Set(parts.map(part => Math.round((part / 100) * total)))]
}
