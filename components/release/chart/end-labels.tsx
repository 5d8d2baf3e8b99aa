import { LABELS } from '@/components/release/chart/layout'
import type { ChartLane } from '@/components/release/chart/share-chart'

/** Closer than this the two figures would touch. Units: pixels. */
const APART = 16

/** The words at the right end: the figure seen and, on `both`, the one configured; pushed apart when they would touch. */
export function EndLabels({
  lane,
  most,
  plot,
  both,
}: {
  lane: ChartLane
  most: number
  plot: { top: number; height: number }
  both: boolean
}) {
  const newest = lane.points.at(-1)
  const { share } = lane
  const y = (value: number) => plot.top + plot.height - (Math.min(value, most) / most) * plot.height
  const plainAt = both && newest ? y(newest.configured) : null
  const seenAt = share === null || lane.seen === null ? null : y(share)
  const gap = plainAt === null || seenAt === null ? APART : Math.abs(plainAt - seenAt)
  const shift = gap < APART ? (APART - gap) / 2 : 0
  const above = (plainAt ?? 0) <= (seenAt ?? 0)
  const place = (at: number) => ({ top: at - 8, width: LABELS - 8 })
  return (
    <>
      {seenAt !== null && (
        <span
          className="absolute right-0 text-xs font-semibold whitespace-nowrap text-spot"
          style={place(seenAt + (above ? shift : -shift))}
        >
          {lane.seen}
        </span>
      )}
      {plainAt !== null && (
        <span
          className="absolute right-0 text-xs whitespace-nowrap"
          style={place(plainAt + (above ? -shift : shift))}
        >
          {lane.configured}
        </span>
      )}
    </>
  )
}
