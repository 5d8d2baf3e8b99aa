'use client'
import { Changes, type ChartEvent } from '@/components/release/chart/changes'
import type { Bin, Point } from '@/components/release/chart/chart-data'
import { LaneChart } from '@/components/release/chart/lane-chart'
import { LABELS, LEFT, NARROW, NARROW_RIGHT } from '@/components/release/chart/layout'
import { useWidth } from '@/components/ui/use-width'

/** One lane as it is drawn, with its share since the last change in percent. `name`, `mark`, `seen`, `configured` are finished texts in the reader's language. */
export type ChartLane = {
  lane: string
  name: string
  mark: string
  share: number | null
  seen: string | null
  configured: string
  points: readonly Point[]
  bins: readonly Bin[]
}

export type ShareChartProps = {
  lanes: readonly ChartLane[]
  events: readonly ChartEvent[]
  untilMs: number
  windowMs: number
  timeOf: (atMs: number) => string
  label: string
}

/**
 * Share of the canary per lane over time: *everyone* large on a fitted scale, rule lanes as strips of 0–100, all on one
 * time axis. Configured as a step line, the share over its confidence band, raw bins as dots.
 *
 * Limits: 300 points a lane; nothing is animated. Lines and bands are cut where a change begins them anew.
 */
export default function ShareChart({ lanes, events, label, ...time }: ShareChartProps) {
  const { ref, width } = useWidth<HTMLDivElement>()
  const right = width !== undefined && width < NARROW ? NARROW_RIGHT : LABELS
  return (
    <div ref={ref} role="img" aria-label={label} className="min-h-[290px]">
      {width && (
        <div aria-hidden="true" className="relative">
          {lanes.map((lane, index) => (
            <LaneChart
              key={lane.lane}
              lane={lane}
              place={{ width, right, first: index === 0, last: index === lanes.length - 1 }}
              {...time}
            />
          ))}
          <Changes events={events} plot={{ left: LEFT, width: width - LEFT - right }} {...time} />
        </div>
      )}
    </div>
  )
}
