import { Ago } from '@/components/shell/ago'
import { useLanguage } from '@/components/shell/language-context'
import { Cell, Head, Table } from '@/components/ui/table'
import type { ClusterStatus } from '@/lib/domain/model/status'

/** What is read of a cluster: how much, how often from the beginning, and when it was last heard. */
export function Watches({ of: { cluster, watches } }: { of: ClusterStatus }) {
  const { say, format } = useLanguage()
  const words = say.status.watches
  const isEverywhere = watches.every(each => each.namespace === null)
  return (
    <Table name={words.table(cluster)} className="max-w-[880px]">
      <thead>
        <tr>
          <Head>{words.kind}</Head>
          {!isEverywhere && <Head>{words.namespace}</Head>}
          <Head className="whitespace-nowrap">{words.state}</Head>
          <Head number>{words.objects}</Head>
          <Head number>{words.relists}</Head>
          <Head number>{words.lastByte}</Head>
        </tr>
      </thead>
      <tbody>
        {watches.map(({ kind, namespace, state, objects, relists, lastByteAt }) => (
          <tr key={`${namespace}/${kind}`}>
            <Cell className="whitespace-nowrap">
              <code>{kind}</code>
            </Cell>
            {!isEverywhere && <Cell>{namespace === null ? words.all : <code>{namespace}</code>}</Cell>}
            <Cell className={state === 'up' ? '' : 'text-warn'}>{words.stateOf[state]}</Cell>
            <Cell number>{format.number(objects)}</Cell>
            <Cell number>{format.number(relists)}</Cell>
            <Cell number>{lastByteAt ? <Ago at={lastByteAt} /> : words.never}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
