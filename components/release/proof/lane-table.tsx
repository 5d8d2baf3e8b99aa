import { nameOf } from '@/components/release/name-of'
import { verdictWords } from '@/components/release/proof/verdict-words'
import { useLanguage } from '@/components/shell/language-context'
import { Icon } from '@/components/ui/icon'
import { Cell, Head, Table } from '@/components/ui/table'
import type { Claims } from '@/lib/domain/model/claims'
import type { Release, VerdictKind } from '@/lib/domain/model/release'
import type { LaneSamples, Percentiles } from '@/lib/domain/model/samples'

const INK: Record<VerdictKind, string> = {
  'as-configured': 'text-ok',
  'not-as-configured': 'text-bad',
  'not-enough-yet': '',
  'cannot-measure': 'text-warn',
}

/** One row a lane: what was sent, who answered, how fast, and the verdict in words. */
export function LaneTable({
  release,
  lanes,
  claims,
}: {
  release: Release
  lanes: readonly LaneSamples[]
  claims: Claims
}) {
  const { say } = useLanguage()
  const { column, lanes: name } = say.proof
  const [stable, canary] = [nameOf(release.stable), nameOf(release.canary)]
  return (
    <Table name={name} className="max-md:block max-md:[&_tbody]:block max-md:[&_thead]:hidden">
      <thead>
        <tr>
          <Head>{column.lane}</Head>
          <Head number>{column.sent}</Head>
          <Name>{stable}</Name>
          <Name>{canary}</Name>
          <Head number>{column.unknown}</Head>
          <Head number>{column.errors}</Head>
          <Name wide>{column.latency(stable)}</Name>
          <Name wide>{column.latency(canary)}</Name>
          <Head className="md:pl-5">{column.verdict}</Head>
        </tr>
      </thead>
      <tbody>
        {lanes.map(lane => (
          <LaneRow
            key={lane.lane}
            lane={lane}
            names={{ stable, canary }}
            claimed={claims.lanes.find(each => each.lane === lane.lane)?.verdict}
          />
        ))}
      </tbody>
    </Table>
  )
}

/** A column named after a version; a very long name is cut, whole on hover. */
function Name({ wide = false, children }: { wide?: boolean; children: string }) {
  return (
    <Head number className={wide ? 'max-xl:hidden' : ''} title={children}>
      <span className={`inline-block truncate align-bottom ${wide ? 'max-w-40' : 'max-w-24'}`}>
        {children}
      </span>
    </Head>
  )
}

type RowProps = {
  lane: LaneSamples
  names: { stable: string; canary: string }
  claimed: VerdictKind | undefined
}

function LaneRow({ lane, names, claimed }: RowProps) {
  const { say, format } = useLanguage()
  const { column, lane: laneName } = say.proof
  const figure = (label: string, value: number, bad = false) => (
    <Cell
      number
      className={`max-md:block max-md:py-0.5! max-md:pr-0! max-md:text-left! ${bad && value > 0 ? 'text-bad' : ''}`}
    >
      <span className="block truncate text-xs text-ink-soft md:hidden">{label}</span>
      {format.number(value)}
    </Cell>
  )
  return (
    <tr className="max-md:grid max-md:grid-cols-[repeat(3,minmax(0,1fr))_auto_auto] max-md:gap-x-3 max-md:py-2">
      <Cell
        className="max-w-60 truncate max-md:col-span-full max-md:max-w-full max-md:py-0.5!"
        title={lane.mark}
      >
        <b>{laneName[lane.lane]}</b> <span className="font-mono text-ink-soft">{lane.mark}</span>
      </Cell>
      {figure(column.sent, lane.sent)}
      {figure(names.stable, lane.stable)}
      {figure(names.canary, lane.canary)}
      {figure(column.unknown, lane.unknown)}
      {figure(column.errors, lane.errors, true)}
      <Latency of={lane.latency.stable} />
      <Latency of={lane.latency.canary} />
      <Cell className="min-w-56 max-md:col-span-full max-md:block md:pl-5">
        <Verdict lane={lane} claimed={claimed} />
      </Cell>
    </tr>
  )
}

function Latency({ of: { p50, p95 } }: { of: Percentiles }) {
  const { format } = useLanguage()
  const ms = (value: number | null) => (value === null ? '–' : format.number(Math.round(value)))
  return (
    <Cell number className={`max-xl:hidden ${p50 === null ? 'text-ink-soft' : ''}`}>
      {p50 === null ? '–' : `${ms(p50)} / ${ms(p95)}`}
    </Cell>
  )
}

function Verdict({ lane, claimed }: { lane: LaneSamples; claimed: VerdictKind | undefined }) {
  const speech = useLanguage()
  const { say, format } = speech
  if (!claimed)
    return (
      <span className="text-ink-soft">{lane.sent > 0 ? say.proof.beginsAnew : say.shared.notSampled}</span>
    )
  return (
    <>
      <b className={INK[claimed]}>
        {claimed === 'as-configured' && (
          <>
            <Icon name="check" />{' '}
          </>
        )}
        {claimed === 'not-as-configured' && (
          <>
            <Icon name="x" />{' '}
          </>
        )}
        {say.shared.verdict[claimed]}
      </b>{' '}
      <span className="text-ink-soft">{verdictWords(lane, speech)}</span>
      {lane.examples.length > 0 && (
        <details className="text-ink-soft">
          <summary className="link cursor-pointer">{say.proof.examples(lane.examples.length)}</summary>
          <ul>
            {lane.examples.map(({ status, contentType, words }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: examples have no identity but their place
              <li key={index}>
                <code>{say.proof.example(String(status), contentType, format.list(words))}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
