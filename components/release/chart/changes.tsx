import { textWidth } from '@/components/ui/split-bar-layout'

/** A change of the weight: a dotted vertical through all lanes, with its words at the top. */
export type ChartEvent = { atMs: number; text: string }

const GAP = 5
const BETWEEN = 8

type Placed = ChartEvent & { x: number; labelX: number | null }

/** Where each change and its words stand. The newest keeps its words where two would touch. */
export function placeChanges(
  events: readonly ChartEvent[],
  { untilMs, windowMs, width }: { untilMs: number; windowMs: number; width: number },
): Placed[] {
  let free = width
  const placed = [...events]
    .sort((a, b) => b.atMs - a.atMs)
    .map(event => {
      const x = (1 - (untilMs - event.atMs) / windowMs) * width
      const need = textWidth(event.text)
      const start = x + GAP + need <= width ? x + GAP : x - GAP - need
      const fits = start + need <= free && start >= 0
      if (fits) free = start - BETWEEN
      return { ...event, x, labelX: fits ? start : null }
    })
  return placed.filter(({ x }) => x >= 0 && x <= width)
}

/** The changes of a window, drawn over all lanes. */
export function Changes({
  events,
  untilMs,
  windowMs,
  plot,
}: {
  events: readonly ChartEvent[]
  untilMs: number
  windowMs: number
  plot: { left: number; width: number }
}) {
  return placeChanges(events, { untilMs, windowMs, width: plot.width }).map(({ atMs, text, x, labelX }) => (
    <div key={atMs}>
      <span
        className="absolute top-1 bottom-6 border-l border-dotted border-ink-soft"
        style={{ left: plot.left + x }}
      />
      {labelX !== null && (
        <span
          className="absolute top-0 text-xs whitespace-nowrap text-ink-soft"
          style={{ left: plot.left + labelX }}
        >
          {text}
        </span>
      )}
    </div>
  ))
}
