import { nameOf } from '@/components/release/name-of'
import { Age } from '@/components/shell/ago'
import { useLanguage } from '@/components/shell/language-context'
import { useKubeContext } from '@/components/shell/use-kube-context'
import { CopyButton } from '@/components/ui/copy-button'
import { Glyph } from '@/components/ui/glyph'
import { Cell, Head, Table } from '@/components/ui/table'
import { previousLogsCommand } from '@/lib/domain/kubectl'
import type { PodView, ReleaseId, Version } from '@/lib/domain/model/release'

type Props = { id: ReleaseId; side: 'stable' | 'canary'; version: Version }

/** The pods of a version. Limits: the stream sends the first 100, not ready ones first, and says how many more there are. */
export function PodTable({ id, side, version }: Props) {
  const { say, format } = useLanguage()
  const words = say.release.versions
  const { pods } = version
  if (!pods) return null
  if (pods.length === 0)
    return <p className="border-t border-line py-1.5 text-sm text-ink-soft">{words.noPods}</p>
  return (
    <div
      className={pods.length > MANY ? 'max-h-[420px] overflow-y-auto' : ''}
      {...(pods.length > MANY && { tabIndex: 0 })}
    >
      <Table name={words.podList(nameOf(version))}>
        <thead>
          <tr>
            <Head>{words.pod}</Head>
            <Head number>{words.restarts}</Head>
            <Head number>{words.age}</Head>
            <Head className="max-md:hidden">{words.node}</Head>
          </tr>
        </thead>
        {pods.map(pod => (
          <PodRows key={pod.name} id={id} side={side} pod={pod} />
        ))}
      </Table>
      {version.morePods ? (
        <p className="border-t border-line py-1.5 text-sm text-ink-soft">
          {words.morePods(format.number(version.morePods))}
        </p>
      ) : null}
    </div>
  )
}

/** More pods than this scroll in a place of their own. */
const MANY = 12

function PodRows({ id, side, pod }: { id: ReleaseId; side: Props['side']; pod: PodView }) {
  const { format } = useLanguage()
  const troubled = !pod.ready || pod.reason !== undefined || pod.lastExit !== undefined
  return (
    <tbody className="border-t border-line [&>tr]:border-0!">
      <tr>
        <Cell className={troubled ? 'pb-0!' : ''}>
          <span className="flex items-baseline gap-1.5">
            <Glyph kind={side} off={!pod.ready} size={11} />
            <span className="min-w-0 font-mono break-words">{pod.name}</span>
          </span>
        </Cell>
        <Cell number>{format.number(pod.restarts)}</Cell>
        <Cell number>{pod.startedAt ? <Age at={pod.startedAt} /> : '–'}</Cell>
        <Cell className="max-w-44 truncate font-mono max-md:hidden" title={pod.node}>
          {pod.node || '–'}
        </Cell>
      </tr>
      {troubled && (
        <tr>
          <Cell colSpan={4} className="pt-0! pl-[17px]">
            <Trouble id={id} pod={pod} />
          </Cell>
        </tr>
      )}
    </tbody>
  )
}

/** Why a pod is not ready, how its last container ended, and the command that shows what it said. */
function Trouble({ id, pod }: { id: ReleaseId; pod: PodView }) {
  const { say } = useLanguage()
  const words = say.release.versions
  const context = useKubeContext(id.cluster)
  const reason = pod.reason ?? (pod.phase === 'Running' ? undefined : pod.phase)
  return (
    <>
      {(!pod.ready || reason) && (
        <p className="text-warn">{pod.ready ? reason : words.notReadyPod(reason)}</p>
      )}
      {pod.lastExit && (
        <p className="flex flex-wrap items-center gap-x-3 text-ink-soft">
          {words.lastExit(pod.lastExit.reason, pod.lastExit.code)}
          <CopyButton
            small
            text={previousLogsCommand({ context, namespace: id.namespace, name: pod.name })}
            label={words.copyLogs}
            done={say.shared.copied}
            failed={say.shared.notCopied}
          />
        </p>
      )}
    </>
  )
}
