import dynamic from 'next/dynamic'
import { memo, useMemo } from 'react'
import { binMsOf, binsOf, pointsOf } from '@/components/release/chart/chart-data'
import type { ChartLane } from '@/components/release/chart/share-chart'
import { SharesTable } from '@/components/release/proof/shares-table'
import { type Speech, useLanguage } from '@/components/shell/language-context'
import { Bone } from '@/components/ui/bone'
import type { LaneSamples, Samples } from '@/lib/domain/model/samples'

const ShareChart = dynamic(() => import('@/components/release/chart/share-chart'), {
  ssr: false,
  loading: () => <Bone className="h-[290px]" />,
})

/** `name` is that of the canary. Of the release nothing else, so that a change of its weight draws no chart. */
type Props = { name: string; samples: Samples; untilMs: number; windowMs: number; table: boolean }

/** The share of the canary per lane over time, as a chart or as a table of the same figures. */
export const Share = memo(function Share({ name, samples, untilMs, windowMs, table }: Props) {
  const speech = useLanguage()
  const { say, format } = speech
  const { series, changes, bucketMs, lanes } = samples
  const sinceMs = series.everyone[0]?.atMs ?? 0
  const leadMs = Math.max(0, Date.parse(samples.due) - Date.parse(samples.written))
  const frame = useMemo(
    () => ({ bucketMs, untilMs, windowMs, leadMs, sinceMs }),
    [bucketMs, untilMs, windowMs, leadMs, sinceMs],
  )
  const drawn = useMemo(
    () =>
      lanes.map(lane => ({
        lane,
        points: pointsOf(series[lane.lane] ?? [], frame),
        bins: binsOf(series[lane.lane] ?? [], frame),
      })),
    [lanes, series, frame],
  )
  const chart = drawn.map(({ lane, ...figures }): ChartLane => ({ ...laneText(lane, speech), ...figures }))
  const events = changes
    .filter(change => change.atMs > untilMs - windowMs)
    .map(({ atMs, from, to, by }) => ({
      atMs,
      text:
        from === to
          ? say.proof.otherChange(by)
          : say.proof.change(format.number(from), format.number(to), by),
    }))
  const label = say.proof.chartLabel(
    name,
    drawn
      .map(({ lane }) =>
        say.proof.chartLane(
          say.proof.lane[lane.lane],
          lane.share === null ? '–' : format.percent(lane.share),
          format.percent(lane.expected),
        ),
      )
      .join(' '),
    say.proof.minutes(windowMs / 60_000),
  )
  return (
    <div className="min-w-0">
      <div className="mb-3 flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <h3 className="mr-auto">{say.proof.share(name)}</h3>
        {!table && drawn.some(({ points }) => points.length > 0) && (
          <Legend bin={format.duration(binMsOf(frame))} />
        )}
      </div>
      {drawn.every(({ points }) => points.length === 0) ? (
        <p className="text-ink-soft">{say.proof.noAnswers}</p>
      ) : table ? (
        <SharesTable lanes={drawn} />
      ) : (
        <ShareChart
          lanes={chart}
          events={events}
          untilMs={untilMs}
          windowMs={windowMs}
          timeOf={atMs => format.clock(new Date(atMs).toISOString()).slice(0, 5)}
          label={label}
        />
      )}
    </div>
  )
})

function laneText(lane: LaneSamples, { say, format }: Speech): Omit<ChartLane, 'points' | 'bins'> {
  return {
    lane: lane.lane,
    name: say.proof.lane[lane.lane],
    mark: lane.mark,
    share: lane.share === null ? null : lane.share * 100,
    seen: lane.share === null ? null : say.proof.seenEnd(format.percent(lane.share)),
    configured: say.proof.configuredEnd(format.number(Math.round(lane.expected * 1000) / 10)),
  }
}

function Legend({ bin: binSize }: { bin: string }) {
  const { say } = useLanguage()
  const { configured, seen, bin } = say.proof.legend
  return (
    <p className="flex flex-wrap gap-x-3.5 text-xs text-ink-soft">
      <span>
        <svg width="18" height="12" className="mr-1 inline align-[-2px]" aria-hidden="true">
          <path d="M0 9H9V3H18" fill="none" stroke="var(--color-ink)" strokeWidth="1.5" />
        </svg>
        {configured}
      </span>
      <span>
        <svg width="18" height="12" className="mr-1 inline align-[-2px]" aria-hidden="true">
          <path d="M0 1H18V11H0z" fill="var(--color-spot)" opacity="0.15" />
          <path d="M0 6H18" stroke="var(--color-spot)" strokeWidth="1.75" />
        </svg>
        {seen}
      </span>
      <span>
        <svg width="10" height="12" className="mr-1 inline align-[-2px]" aria-hidden="true">
          <circle cx="4" cy="6" r="2" fill="var(--color-spot)" opacity="0.5" />
        </svg>
        {bin(binSize)}
      </span>
    </p>
  )
}
