'use client'
import { useContact, useEvery } from '@/components/live'
import { useLanguage } from '@/components/shell/language-context'
import { useNowText } from '@/components/ui/clock'
import { Strip } from '@/components/ui/strip'
import type { ClusterState } from '@/lib/domain/model/cluster'
import type { Catalogue } from '@/lib/language/catalogue'

/** Says across the page what is not current, since when and why: the server, a cluster, a kind that cannot be read. */
export function ConnectionStrip() {
  const contact = useContact()
  const clusters = [...(useEvery('cluster')?.values() ?? [])]
  const lost = contact?.state === 'lost'
  const down = lost ? [] : clusters.filter(cluster => cluster.state !== 'live')
  const unreadable = lost ? [] : clusters.flatMap(unreadableOf)
  return (
    <div className="page-width grid gap-1 pt-2 empty:hidden" role="status">
      {lost && contact && <NoContact since={contact.since} picture={clusters.length > 0} />}
      {down.map(cluster => (
        <NotLive key={cluster.cluster} cluster={cluster} />
      ))}
      {unreadable.map(each => (
        <Unreadable key={`${each.cluster}/${each.why}`} {...each} />
      ))}
    </div>
  )
}

function NoContact({ since, picture }: { since: string; picture: boolean }) {
  const { say, format } = useLanguage()
  const head = useNowText(nowMs =>
    say.shared.noContactSince(format.clock(since), format.ago(nowMs - Date.parse(since))),
  )
  return (
    <Strip tone="warn">
      <p>
        <b>{head}</b> {picture && say.shared.lastPicture} {say.shared.tryingAgain}
      </p>
    </Strip>
  )
}

function NotLive({ cluster }: { cluster: ClusterState }) {
  const { say, format } = useLanguage()
  const stale = cluster.state === 'stale'
  const head = useNowText(nowMs => {
    const words = stale ? say.shared.staleSince : say.shared.unreachableSince
    return words(format.clock(cluster.since), format.ago(nowMs - Date.parse(cluster.since)))
  })
  const next = useNowText(nowMs => {
    if (!cluster.nextTryAt) return ''
    const wait = Date.parse(cluster.nextTryAt) - nowMs
    return wait < 1000 ? say.shared.tryingNow : say.shared.tryingIn(format.duration(wait))
  })
  return (
    <Strip tone="warn">
      <p>
        <b>{head}</b> {whyNotLive(say, cluster)} <span aria-live="off">{next}</span>{' '}
        {stale && say.shared.rollbackStillWorks}
      </p>
    </Strip>
  )
}

/** An outage outweighs a refusal: while nothing answers nobody knows whether it would still be refused. */
function whyNotLive(say: Catalogue, { cluster, state, nextTryAt, unreadable }: ClusterState): string {
  if (nextTryAt === null && unreadable.some(each => /(^|\/)ingresses$/.test(each.kind)))
    return state === 'stale' ? say.shared.staleRefused(cluster) : ''
  return state === 'stale' ? say.shared.staleWhy(cluster) : say.shared.unreachableWhy(cluster)
}

type Blindness = { cluster: string; why: string; kinds: string[]; isLive: boolean }

/** What cannot be read of a cluster, one entry for each reason. */
function unreadableOf({ cluster, state, unreadable }: ClusterState): Blindness[] {
  const reasons = [...new Set(unreadable.map(each => each.why))]
  return reasons.map(why => ({
    cluster,
    why,
    kinds: unreadable.filter(each => each.why === why).map(each => each.kind),
    isLive: state === 'live',
  }))
}

function Unreadable({ cluster, kinds, why, isLive }: Blindness) {
  const { say, format } = useLanguage()
  return (
    <Strip tone="note">
      <p>
        <b>{say.shared.unreadable(format.list(kinds), cluster)}</b> {say.shared.unreadableWhy(why)}{' '}
        {isLive && say.shared.unreadableLeftOut}
      </p>
    </Strip>
  )
}
