import type { Point } from '@/components/release/chart/chart-data'
import { useLanguage } from '@/components/shell/language-context'
import { Cell, Head, Table } from '@/components/ui/table'
import type { LaneSamples } from '@/lib/domain/model/samples'

const ROWS = 20

/** The chart's figures as tables, one a lane, newest first. Limits: the newest 20 rows. */
export function SharesTable({
  lanes,
}: {
  lanes: readonly { lane: LaneSamples; points: readonly Point[] }[]
}) {
  const { say, format } = useLanguage()
  const column = say.proof.tableColumn
  const percent = (value: number | null) => (value === null ? '–' : format.percent(value / 100))
  return (
    <div className="grid gap-4">
      {lanes.map(({ lane, points }) => (
        <div key={lane.lane}>
          <p className="text-sm">
            <b>{say.proof.lane[lane.lane]}</b> <span className="font-mono text-ink-soft">{lane.mark}</span>
          </p>
          <Table name={say.proof.tableName(say.proof.lane[lane.lane])}>
            <thead>
              <tr>
                <Head>{column.time}</Head>
                <Head number>{column.seen}</Head>
                <Head number>{column.band}</Head>
                <Head number>{column.configured}</Head>
              </tr>
            </thead>
            <tbody>
              {points
                .slice(-ROWS)
                .reverse()
                .map(point => (
                  <tr key={point.atMs}>
                    <Cell>{format.clock(new Date(point.atMs).toISOString())}</Cell>
                    <Cell number>{percent(point.bin)}</Cell>
                    <Cell number>
                      {point.band ? `${format.number(point.band[0])}–${format.number(point.band[1])}` : '–'}
                    </Cell>
                    <Cell number>{percent(point.configured)}</Cell>
                  </tr>
                ))}
            </tbody>
          </Table>
        </div>
      ))}
    </div>
  )
}
