'use client'
import { useEvery } from '@/components/live'
import { useLanguage } from '@/components/shell/language-context'
import { Icon } from '@/components/ui/icon'

/** Which clusters are connected, in a few words; by name where there is only one. */
export function ClusterSign() {
  const { say } = useLanguage()
  const clusters = [...(useEvery('cluster')?.values() ?? [])]
  const [only] = clusters
  if (!only) return null
  const down = clusters.filter(cluster => cluster.state !== 'live')
  const text = () => {
    if (clusters.length > 1)
      return down.length === 0
        ? say.shared.clustersConnected(clusters.length)
        : say.shared.clustersNotLive(down.length, clusters.length)
    if (only.state === 'live') return say.shared.clusterConnected(only.cluster)
    return only.state === 'stale'
      ? say.shared.clusterStale(only.cluster)
      : say.shared.clusterUnreachable(only.cluster)
  }
  return (
    <span
      title={clusters.map(cluster => `${cluster.cluster}: ${cluster.server} ${cluster.version}`).join('\n')}
      className={`mr-2 min-w-0 truncate text-sm max-md:mr-0 max-md:text-xs ${down.length > 0 ? 'text-warn' : 'text-ink-soft'}`}
    >
      <Icon name={down.length > 0 ? 'warn' : 'check'} />{' '}
      {clusters.length === 1 && (
        <span className="md:hidden" aria-hidden="true">
          {only.cluster}
        </span>
      )}
      <span className={clusters.length === 1 ? 'max-md:sr-only' : ''}>{text()}</span>
    </span>
  )
}
