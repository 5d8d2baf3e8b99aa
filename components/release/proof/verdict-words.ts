import type { Speech } from '@/components/shell/language-context'
import type { LaneSamples } from '@/lib/domain/model/samples'

/** What stands behind a lane's verdict, in words and figures. */
export function verdictWords(lane: LaneSamples, { say, format }: Speech): string {
  const words = say.proof.verdictSays
  const configured = format.percent(lane.expected)
  const seen = lane.share === null ? null : format.percent(lane.share)
  const tolerance =
    lane.tolerance > 0 && lane.expected > 0 && lane.expected < 1 ? format.percent(lane.tolerance, 0) : ''
  const known = lane.stable + lane.canary
  switch (lane.verdict) {
    case 'as-configured':
      return lane.expected === 0 || lane.expected === 1
        ? words.allOf(format.number(known))
        : words.asConfigured(seen ?? '–', configured, tolerance)
    case 'not-as-configured':
      return words.notAsConfigured(seen ?? '–', configured)
    case 'not-enough-yet':
      return words.notEnough(seen, format.number(lane.missing), tolerance)
    case 'cannot-measure':
      return cannotWords(lane, { say, format })
  }
}

function cannotWords(
  { why, unknown, stable, canary, errors }: LaneSamples,
  { say, format }: Pick<Speech, 'say' | 'format'>,
): string {
  const all = unknown + stable + canary + errors
  const words = say.proof.verdictSays
  const part = (count: number, say: (share: string) => string) =>
    why === 'unknown-answers' && count / all >= 0.005 ? say(format.percent(count / all, 0)) : ''
  const parts = [part(unknown, words.unknownShare), part(errors, words.errorShare)]
  return format.comma([why ? say.shared.cannotMeasure[why] : '', ...parts].filter(Boolean))
}
