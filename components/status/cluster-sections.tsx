import { useLiveValue } from '@/components/live'
import { Age, Ago } from '@/components/shell/ago'
import { Around } from '@/components/shell/around'
import { useLanguage } from '@/components/shell/language-context'
import { Controllers } from '@/components/status/controllers'
import { Facts } from '@/components/status/facts'
import { Rights } from '@/components/status/rights'
import { Watches } from '@/components/status/watches'
import { Icon } from '@/components/ui/icon'
import { Section } from '@/components/ui/section'
import type { ClusterStatus } from '@/lib/domain/model/status'

/** Everything about one cluster; where there are several, each section says of which it tells. */
export function ClusterSections({ cluster, isOnly }: { cluster: ClusterStatus; isOnly: boolean }) {
  const { say } = useLanguage()
  const { watches, controllers, rights } = say.status
  const titled = (title: string) => (isOnly ? title : `${title} · ${cluster.cluster}`)
  return (
    <>
      <Section title={titled(say.status.cluster.title)} fact={isOnly && cluster.cluster}>
        <Connection cluster={cluster} />
      </Section>
      <Section title={titled(watches.title)} fact={watches.fact}>
        <Watches of={cluster} />
      </Section>
      <Section title={titled(controllers.title)} fact={controllers.fact}>
        <Controllers of={cluster} />
      </Section>
      <Section title={titled(rights.title)} fact={rights.fact}>
        <Rights of={cluster} />
      </Section>
    </>
  )
}

function Connection({ cluster: read }: { cluster: ClusterStatus }) {
  const { say } = useLanguage()
  const words = say.status.cluster
  const now = useLiveValue(`cluster/${read.cluster}`) ?? read
  const isLive = now.state === 'live'
  return (
    <Facts
      of={[
        { name: words.server, value: <code>{now.server}</code> },
        { name: words.version, value: now.version || say.status.unknown },
        {
          name: words.state,
          value: (
            <span className={isLive ? '' : 'text-warn'}>
              <Icon name={isLive ? 'check' : 'warn'} />{' '}
              <Around text={words.stateSince[now.state]} slot={<Ago at={now.since} />} />
            </span>
          ),
        },
        {
          name: words.connected,
          value: read.connectedAt ? (
            <Around text={words.connectedFor} slot={<Age at={read.connectedAt} />} />
          ) : (
            words.notConnected
          ),
        },
        { name: words.gateways, value: <Gateways of={read.gateways} /> },
        { name: words.writes, value: now.readOnly ? words.readOnly : words.writable },
      ]}
    />
  )
}

function Gateways({ of: gateways }: { of: ClusterStatus['gateways'] }) {
  const { say } = useLanguage()
  if (gateways.length === 0) return say.status.cluster.noGateways
  return (
    <ul>
      {gateways.map(({ className, url }) => (
        <li key={`${className} ${url}`}>
          <code>
            {className} → {url}
          </code>
        </li>
      ))}
    </ul>
  )
}
