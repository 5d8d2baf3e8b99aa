'use client'
import { Area, ComposedChart, Line, ReferenceLine, Scatter, XAxis, YAxis } from 'recharts'
import { type Point, scaleOf, ticksOf } from '@/components/release/chart/chart-data'
import { useWidth } from '@/components/ui/use-width'

/** One lane as it is drawn. `name`, `mark`, `seen`, `configured` are finished texts in the reader's language. */
export type ChartLane = {
  lane: string
  name: string
  mark: string
  seen: string | null
  configured: string
  points: readonly Point[]
}

/** A change of the weight: a dotted vertical through all lanes, with its words at the top. */
export type ChartEvent = { atMs: number; text: string }

export type ShareChartProps = {
  lanes: readonly ChartLane[]
  events: readonly ChartEvent[]
  untilMs: number
  windowMs: number
  timeOf: (atMs: number) => string
  label: string
}

const LEFT = 32
const LABELS = 116
const NARROW = 560
const EVERYONE = 190
const STRIP = 26
const EVENT_LABEL = {
  position: 'insideTopLeft',
  dy: -22,
  fontSize: 12,
  fill: 'var(--color-ink-soft)',
} as const

/**
 * Share of the canary per lane over time: *everyone* large on a fitted scale, rule lanes as strips of 0–100, all on one
 * time axis. Configured as a step line, the share over its confidence band, raw bins as dots.
 *
 * Limits: 300 points a lane; nothing is animated. Lines and bands are cut where a change begins them anew.
 */
export default function ShareChart({ lanes, events, label, ...time }: ShareChartProps) {
  const { ref, width } = useWidth<HTMLDivElement>()
  return (
    <div ref={ref} role="img" aria-label={label} className="min-h-[290px]">
      {width && (
        <div aria-hidden="true">
          {lanes.map((lane, index) => (
            <LaneChart
              key={lane.lane}
              lane={lane}
              width={width}
              events={events}
              first={index === 0}
              last={index === lanes.length - 1}
              {...time}
            />
          ))}
        </div>
      )}
    </div>
  )
}

type LaneProps = Omit<ShareChartProps, 'lanes' | 'label'> & {
  lane: ChartLane
  width: number
  first: boolean
  last: boolean
}

function LaneChart({ lane, width, events, first, last, untilMs, windowMs, timeOf }: LaneProps) {
  const right = width < NARROW ? 8 : LABELS
  const top = first ? scaleOf(lane.points) : 100
  const height = (first ? EVERYONE : STRIP) + 26 + (last ? 20 : 0)
  const end = [...lane.points].reverse().find(point => point.share !== null)
  const ticks = ticksOf(untilMs, windowMs).filter((_, index) => width >= NARROW || index % 2 === 0)
  return (
    <div className="relative">
      <p className="absolute top-0.5 text-xs" style={{ left: LEFT }}>
        <b>{lane.name}</b> <span className="font-mono text-ink-soft">{lane.mark}</span>
      </p>
      <ComposedChart
        width={width}
        height={height}
        data={[...lane.points]}
        syncId="lanes"
        margin={{ top: 24, right, bottom: 2, left: 0 }}
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
          tick={{ fill: 'var(--color-ink-soft)', fontSize: 12 }}
        />
        <YAxis
          type="number"
          domain={[0, top]}
          allowDataOverflow
          width={LEFT}
          ticks={first ? [0, top / 4, top / 2, (3 * top) / 4, top] : [100]}
          axisLine={false}
          tickLine={false}
          interval={0}
          tick={{ fill: 'var(--color-ink-soft)', fontSize: 12 }}
        />
        {(first ? [0, 0.25, 0.5, 0.75, 1] : [0, 1]).map(part => (
          <ReferenceLine key={part} y={part * top} stroke="var(--color-line)" />
        ))}
        <Area
          dataKey="band"
          stroke="none"
          fill="var(--color-spot)"
          fillOpacity={0.15}
          isAnimationActive={false}
          activeDot={false}
          connectNulls={false}
        />
        {first && (
          <Scatter
            dataKey="bin"
            fill="var(--color-spot)"
            fillOpacity={0.5}
            isAnimationActive={false}
            shape={Bin}
          />
        )}
        <Line
          dataKey="configured"
          type="stepAfter"
          stroke="var(--color-ink)"
          strokeWidth={1.5}
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
        <Line
          dataKey="share"
          type="linear"
          stroke="var(--color-spot)"
          strokeWidth={1.75}
          dot={false}
          activeDot={false}
          isAnimationActive={false}
          connectNulls={false}
        />
        {events.map(event => (
          <ReferenceLine
            key={event.atMs}
            x={event.atMs}
            stroke="var(--color-ink-soft)"
            strokeDasharray="1 3"
            {...(first && { label: { value: event.text, ...EVENT_LABEL } })}
          />
        ))}
      </ComposedChart>
      {right === LABELS && end?.share != null && (
        <EndLabels
          lane={lane}
          share={end.share}
          configured={first ? end.configured : null}
          top={top}
          plot={first ? EVERYONE : STRIP}
        />
      )}
    </div>
  )
}

const Bin = ({ cx, cy }: { cx?: number | undefined; cy?: number | undefined }) =>
  cx === undefined || cy === undefined ? (
    <g />
  ) : (
    <circle cx={cx} cy={cy} r={1.6} fill="var(--color-spot)" fillOpacity={0.5} />
  )

/** The words at the right end: the figure seen and, for *everyone*, the one configured; pushed apart when they would touch. */
function EndLabels({
  lane,
  share,
  configured,
  top,
  plot,
}: {
  lane: ChartLane
  share: number
  configured: number | null
  top: number
  plot: number
}) {
  const y = (value: number) => 24 + plot - (Math.min(value, top) / top) * plot
  const seenAt = y(share)
  const plainAt = configured === null ? null : y(configured)
  const close = plainAt !== null && Math.abs(plainAt - seenAt) < 16
  const above = plainAt !== null && plainAt <= seenAt
  const shift = close ? (above ? 8 : -8) : 0
  const place = (at: number) => ({ top: at - 8, width: LABELS - 10 })
  return (
    <>
      <span
        className="absolute right-0 text-xs font-semibold whitespace-nowrap text-spot"
        style={place(seenAt + shift)}
      >
        {lane.seen}
      </span>
      {plainAt !== null && (
        <span className="absolute right-0 text-xs whitespace-nowrap" style={place(plainAt - shift)}>
          {lane.configured}
        </span>
      )}
    </>
  )
}
