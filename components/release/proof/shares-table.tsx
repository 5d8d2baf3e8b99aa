import type { Bin, Point } from '@/components/release/chart/chart-data'
import { useLanguage } from '@/components/shell/language-context'
import { Cell, Head, Table } from '@/components/ui/table'
import type { LaneSamples } from '@/lib/domain/model/samples'

const ROWS = 20

type DrawnLane = { lane: LaneSamples; points: readonly Point[]; bins: readonly Bin[] }

/** The chart's figures as tables, one a lane, newest first. Limits: the newest 20 rows. */
export function SharesTable({ lanes }: { lanes: readonly DrawnLane[] }) {
  return (
    <div className="grid gap-4">
      {lanes.map(drawn => (
        <LaneShares key={drawn.lane.lane} drawn={drawn} />
      ))}
    </div>
  )
}

function LaneShares({ drawn: { lane, points, bins } }: { drawn: DrawnLane }) {
  const { say, format } = useLanguage()
  const column = say.proof.tableColumn
  const tenths = (value: number | null | undefined) => (value == null ? '–' : format.tenths(value))
  const rows = bins.slice(-ROWS).reverse()
  return (
    <div className="min-w-0">
      <p className="truncate text-sm" title={lane.mark}>
        <b>{say.proof.lane[lane.lane]}</b> <span className="font-mono text-ink-soft">{lane.mark}</span>
      </p>
      <Table name={say.proof.tableName(say.proof.lane[lane.lane])}>
        <thead>
          <tr>
            <Head>{column.time}</Head>
            <Head number>{column.bin}</Head>
            <Head number>{column.seen}</Head>
            <Head number>{column.band}</Head>
            <Head number>{column.configured}</Head>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ atMs, bin }) => {
            const point = points.findLast(each => each.atMs <= atMs) ?? points[0]
            return (
              <tr key={atMs}>
                <Cell>{format.clock(new Date(atMs).toISOString())}</Cell>
                <Cell number>{tenths(bin)}</Cell>
                <Cell number>{tenths(point?.share)}</Cell>
                <Cell number>
                  {point?.band ? `${format.tenths(point.band[0])}–${format.tenths(point.band[1])}` : '–'}
                </Cell>
                <Cell number>{tenths(point?.configured)}</Cell>
              </tr>
            )
          })}
        </tbody>
      </Table>
    </div>
  )
}
