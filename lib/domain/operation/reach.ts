import type { SkipReason } from '@/lib/domain/model/operation'
import type { Release } from '@/lib/domain/model/release'
import type { Samples } from '@/lib/domain/model/samples'

/** What is known of a canary's reachability: the release as the watch shows it, and what answers have shown. */
export type ReachSeen = { release: Pick<Release, 'state' | 'canary'>; samples: Samples | null }

/** blind: nothing can be told now; it may pass. `why` is null as long as nobody knows. */
export type Reached =
  | { is: 'proven'; at: string }
  | { is: 'not-proven' }
  | { is: 'blind'; why: SkipReason | null }
  /** It will not pass by waiting. */
  | { is: 'not-provable'; why: SkipReason }

/**
 * What may be said of whether a canary can be reached. Never proven without an answer of it.
 * Limits: only a parked canary is asked; one that gets requests already is judged by its lanes on its page.
 */
export function reachedOf({ release, samples }: ReachSeen): Reached {
  if (release.state !== 'parked' && release.state !== 'dead') return { is: 'not-provable', why: 'not-parked' }
  if (samples?.state === 'off') return { is: 'not-provable', why: 'sampling-off' }
  const reachable = samples?.reachable
  if (reachable?.state === 'proven' && reachable.at !== null) return { is: 'proven', at: reachable.at }
  const isEmpty = release.canary.endpoints.ready === 0
  if (samples && reachable?.state === 'cannot-measure' && !isEmpty)
    return { is: 'blind', why: whyBlind(samples) }
  return { is: 'not-proven' }
}

/** The reason that everybody's lane gives. */
const whyBlind = ({ lanes }: Samples): SkipReason | null =>
  lanes.find(({ lane }) => lane === 'everyone')?.why ?? null
