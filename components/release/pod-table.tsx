import { nameOf } from '@/components/release/name-of'
import { Age } from '@/components/shell/ago'
import { useLanguage } from '@/components/shell/language-context'
import { CopyButton } from '@/components/ui/copy-button'
import { Glyph } from '@/components/ui/glyph'
import { Cell, Head, Table } from '@/components/ui/table'
import { previousLogsCommand } from '@/lib/domain/kubectl'
import type { PodView, ReleaseId, Version } from '@/lib/domain/model/release'

/** The pods of a version. Limits: the stream sends the first 100, not ready ones first, and says how many more there are. */
export function PodTable({
  id,
  side,
  version,
}: {
  id: ReleaseId
  side: 'stable' | 'canary'
  version: Version
}) {
  const { say, format } = useLanguage()
  const words = say.release.versions
  const pods = version.pods ?? []
  if (pods.length === 0)
    return <p className="border-t border-line py-1.5 text-sm text-ink-soft">{words.noPods}</p>
  return (
    <>
      <Table name={words.podList(nameOf(version))}>
        <thead>
          <tr>
            <Head>{words.pod}</Head>
            <Head number>{words.restarts}</Head>
            <Head number>{words.age}</Head>
            <Head className="max-md:hidden">{words.node}</Head>
          </tr>
        </thead>
        <tbody>
          {pods.map(pod => (
            <PodRow key={pod.name} id={id} side={side} pod={pod} />
          ))}
        </tbody>
      </Table>
      {version.morePods ? (
        <p className="border-t border-line py-1.5 text-sm text-ink-soft">
          {words.morePods(format.number(version.morePods))}
        </p>
      ) : null}
    </>
  )
}

function PodRow({ id, side, pod }: { id: ReleaseId; side: 'stable' | 'canary'; pod: PodView }) {
  const { say, format } = useLanguage()
  const words = say.release.versions
  const troubled = !pod.ready || pod.reason
  return (
    <tr>
      <Cell>
        <span className="flex items-baseline gap-1.5">
          <Glyph kind={side} off={!pod.ready} size={11} />
          <span className="min-w-0 font-mono break-words">{pod.name}</span>
        </span>
        {troubled && (
          <span className="block text-warn">
            {words.notReadyPod}
            {pod.reason || pod.phase !== 'Running' ? `: ${pod.reason ?? pod.phase}` : ''}
          </span>
        )}
        {pod.lastExit && (
          <span className="flex flex-wrap items-center gap-x-2 text-ink-soft">
            {words.lastExit(pod.lastExit.reason, pod.lastExit.code)}
            <CopyButton
              text={previousLogsCommand(id.cluster, id.namespace, pod.name)}
              label={words.copyLogs}
              done={say.shared.copied}
              failed={say.shared.notCopied}
            />
          </span>
        )}
      </Cell>
      <Cell number>{format.number(pod.restarts)}</Cell>
      <Cell number>{pod.startedAt ? <Age at={pod.startedAt} /> : '–'}</Cell>
      <Cell className="font-mono whitespace-nowrap max-md:hidden">{pod.node || '–'}</Cell>
    </tr>
  )
}
