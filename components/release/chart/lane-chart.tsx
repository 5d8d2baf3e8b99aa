import { Area, ComposedChart, Line, ReferenceLine, Scatter, XAxis, YAxis } from 'recharts'
import { scaleOf, ticksOf } from '@/components/release/chart/chart-data'
import { EndLabels } from '@/components/release/chart/end-labels'
import { LABELS, LEFT, NARROW, plotOf } from '@/components/release/chart/layout'
import type { ChartLane, ShareChartProps } from '@/components/release/chart/share-chart'

type Props = Pick<ShareChartProps, 'untilMs' | 'windowMs' | 'timeOf'> & {
  lane: ChartLane
  place: { width: number; right: number; first: boolean; last: boolean }
}

const TICK = { fill: 'var(--color-ink-soft)', fontSize: 12 }
const STILL = { isAnimationActive: false, activeDot: false, connectNulls: false } as const
const STRIP = [0, 100]

/** One lane on the common time axis; the last one carries the axis. */
export function LaneChart({ lane, place, untilMs, windowMs, timeOf }: Props) {
  const { width, right, first, last } = place
  const { top, height, bottom } = plotOf(first, last)
  const scale = first ? scaleOf(lane.points, lane.bins) : STRIP
  const most = scale.at(-1) ?? 100
  const ticks = ticksOf(untilMs, windowMs).filter((_, index) => width >= NARROW || index % 2 === 0)
  const newest = lane.points.at(-1)
  const data = [
    ...lane.points,
    ...(newest && newest.atMs < untilMs ? [{ ...newest, atMs: untilMs, share: null, band: null }] : []),
  ]
  return (
    <div className="relative">
      <div
        className="absolute flex gap-2 text-xs whitespace-nowrap"
        style={{ left: LEFT, top: top - 18, width: width - LEFT - right }}
      >
        <p className="min-w-0 flex-1 truncate" title={lane.mark}>
          <b>{lane.name}</b> <span className="font-mono text-ink-soft">{lane.mark}</span>
        </p>
        {right !== LABELS && first && newest && <span>{lane.configured}</span>}
        {right !== LABELS && <b className="text-spot">{lane.seen}</b>}
      </div>
      <ComposedChart
        width={width}
        height={top + height + bottom}
        data={data}
        syncId="lanes"
        margin={{ top, right, bottom: last ? 4 : bottom, left: 0 }}
        accessibilityLayer={false}
      >
        <XAxis
          dataKey="atMs"
          type="number"
          scale="time"
          domain={[untilMs - windowMs, untilMs]}
          allowDataOverflow
          ticks={ticks}
          tickFormatter={timeOf}
          hide={!last}
          height={last ? 20 : 0}
          axisLine={false}
          tickLine={false}
          interval={0}
          tick={TICK}
        />
        <YAxis
          type="number"
          domain={[0, most]}
          allowDataOverflow
          width={LEFT}
          ticks={first ? [...scale] : [100]}
          axisLine={false}
          tickLine={false}
          interval={0}
          tick={TICK}
        />
        {scale.map(value => (
          <ReferenceLine key={value} y={value} stroke="var(--color-line)" />
        ))}
        <Area {...STILL} dataKey="band" stroke="none" fill="var(--color-spot)" className="chart-band" />
        {first && <Scatter data={[...lane.bins]} dataKey="bin" isAnimationActive={false} shape={BinDot} />}
        <Line
          {...STILL}
          dataKey="configured"
          type="stepAfter"
          stroke="var(--color-ink)"
          strokeWidth={1.5}
          dot={false}
        />
        <Line
          {...STILL}
          dataKey="share"
          type="linear"
          stroke="var(--color-spot)"
          strokeWidth={1.75}
          dot={false}
        />
      </ComposedChart>
      {right === LABELS && <EndLabels lane={lane} most={most} plot={{ top, height }} both={first} />}
    </div>
  )
}

const BinDot = ({ cx, cy }: { cx?: number | undefined; cy?: number | undefined }) =>
  cx === undefined || cy === undefined ? (
    <g />
  ) : (
    <circle cx={cx} cy={cy} r={1.6} fill="var(--color-spot)" fillOpacity={0.5} />
  )
