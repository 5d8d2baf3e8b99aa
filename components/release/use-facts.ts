import { useMemo, useRef } from 'react'
import { useContact } from '@/components/live'
import { useLanguage } from '@/components/shell/language-context'
import type { ObservedMark } from '@/components/ui/split-bar'
import type { Claims } from '@/lib/domain/model/claims'
import type { ClusterState } from '@/lib/domain/model/cluster'
import type { Release } from '@/lib/domain/model/release'
import type { Samples } from '@/lib/domain/model/samples'

/** The list as it was as long as it says the same: a new frame then redraws nothing that shows it. */
export function useSame<T extends string>(list: readonly T[]): readonly T[] {
  const said = list.join(' ')
  const kept = useRef({ said, list })
  if (kept.current.said !== said) kept.current = { said, list }
  return kept.current.list
}

/** Why nothing can be written now, in words; undefined when it can. */
export function useOff(release: Release, cluster: ClusterState | null): string | undefined {
  const { say } = useLanguage()
  const lost = useContact()?.state === 'lost'
  const { owner, findings } = release
  if (lost) return say.traffic.offContact
  if (cluster?.readOnly) return say.shared.readOnly
  if (cluster && cluster.state !== 'live') return say.traffic.offStale
  if (owner) return say.traffic.offOwned(`${owner.kind} ${owner.name}`)
  return findings.some(finding => finding.id === 'L10') ? say.traffic.offDead : undefined
}

/** What the lane *everyone* shows, for the mark below the bar; else why nothing is observed. */
export function useObserved(
  samples: Samples | null,
  claims: Claims,
): { observed: ObservedMark | null; unseen: string } {
  const { say } = useLanguage()
  const lane = samples?.lanes.find(each => each.lane === 'everyone')
  const claimed = claims.lanes.find(each => each.lane === 'everyone')
  const { share = null, low = 0, high = 1 } = lane ?? {}
  // The same object as long as the figures are the same to a tenth of a percent: a sample does not redraw the bar.
  const tenth = (value: number) => Math.round(value * 1000) / 1000
  const [atShare, atLow, atHigh] = [share === null ? null : tenth(share), tenth(low), tenth(high)]
  const known = claimed !== undefined && claimed.verdict !== 'cannot-measure'
  const observed = useMemo(
    () => (atShare === null || !known ? null : { share: atShare, low: atLow, high: atHigh }),
    [atShare, atLow, atHigh, known],
  )
  const unseen = claimed?.why
    ? say.traffic.notObservedWhy(say.shared.cannotMeasure[claimed.why])
    : say.traffic.notObserved
  return { observed, unseen }
}
