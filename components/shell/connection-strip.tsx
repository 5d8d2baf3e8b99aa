'use client'
import { useContact, useEvery } from '@/components/live'
import { useLanguage } from '@/components/shell/language-context'
import { useNowText } from '@/components/ui/clock'
import { Strip } from '@/components/ui/strip'
import type { ClusterState } from '@/lib/domain/model/cluster'

/** Says across the page what is not current, since when and why: the server, a cluster, a kind that cannot be read. */
export function ConnectionStrip() {
  const contact = useContact()
  const clusters = [...(useEvery('cluster')?.values() ?? [])]
  const lost = contact?.state === 'lost'
  const down = lost ? [] : clusters.filter(cluster => cluster.state !== 'live')
  const unreadable = lost
    ? []
    : clusters.flatMap(({ cluster, unreadable }) => unreadable.map(each => ({ cluster, ...each })))
  return (
    <div className="page-width grid gap-1 pt-2 empty:hidden" role="status">
      {lost && contact && <NoContact since={contact.since} picture={clusters.length > 0} />}
      {down.map(cluster => (
        <NotLive key={cluster.cluster} cluster={cluster} />
      ))}
      {unreadable.map(each => (
        <Unreadable key={`${each.cluster}/${each.kind}`} {...each} />
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
  const why = stale ? say.shared.staleWhy : say.shared.unreachableWhy
  return (
    <Strip tone="warn">
      <p>
        <b>{head}</b> {why(cluster.cluster)} <span aria-live="off">{next}</span>{' '}
        {stale && say.shared.rollbackStillWorks}
      </p>
    </Strip>
  )
}

function Unreadable({ cluster, kind, why }: { cluster: string; kind: string; why: string }) {
  const { say } = useLanguage()
  return (
    <Strip tone="note">
      <p>
        <b>{say.shared.unreadable(kind, cluster)}</b>{' '}
        {why === 'forbidden' ? say.shared.unreadableForbidden : say.shared.unreadableWhy(why)}
      </p>
    </Strip>
  )
}
