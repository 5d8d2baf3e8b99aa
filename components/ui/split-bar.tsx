'use client'
import { type ReactNode, useMemo } from 'react'
import { DotsPath } from '@/components/ui/dots-path'
import {
  barDots,
  barSize,
  LABEL_ROOM,
  type MarkLabel,
  placeLabels,
  textWidth,
} from '@/components/ui/split-bar-layout'
import { useWidth } from '@/components/ui/use-width'

/** What the samples show. Units: fractions 0…1. */
export type ObservedMark = { share: number; low: number; high: number }

/** Finished texts, in the reader's language. `band` may be left away where there is no room; `summary` is the bar's name. */
export type SplitBarText = {
  summary: string
  configured: string
  draft: string
  observed: string
  band?: string
}

type Props = {
  weight: number
  total: number
  draft: number
  observed: ObservedMark | null
  text: SplitBarText
}

const BELOW = 28

/**
 * The thick split bar with its three marks: *configured* (solid ink), *draft* (dashed spot) and *observed* (bracket and
 * diamond below). The canary grows from the left, on one axis with the slider.
 *
 * Units: `weight` and `draft` are parts of `total`.
 */
export function SplitBar({ weight, total, draft, observed, text }: Props) {
  const { ref, width } = useWidth<HTMLDivElement>()
  return (
    <div ref={ref} className="min-h-[112px]">
      {width && <Drawn width={width} {...{ weight, total, draft, observed, text }} />}
    </div>
  )
}

function Drawn({ width, weight, total, draft, observed, text }: Props & { width: number }) {
  const size = useMemo(() => barSize(width, total), [width, total])
  const dots = useMemo(() => barDots(size, { weight, draft, total }), [size, weight, draft, total])
  const at = (value: number) => (Math.min(value, total) / total) * width
  const bottom = LABEL_ROOM + size.height
  const drafting = draft !== weight
  const labels = placeLabels(
    width,
    { x: at(weight), text: text.configured },
    drafting ? { x: at(draft), text: text.draft } : null,
  )
  return (
    <svg
      className="drawing"
      width={width}
      height={bottom + BELOW}
      viewBox={`0 0 ${width} ${bottom + BELOW}`}
      role="img"
      aria-label={text.summary}
    >
      <DotsPath dots={dots} pitch={size.pitch} />
      <path className="mark-configured" d={`M${at(weight)} 2V${bottom + 5}`} />
      {drafting && <path className="mark-draft" d={`M${at(draft)} 2V${bottom + 5}`} />}
      <Label place={labels.configured} className="text-mark-ink">
        {text.configured}
      </Label>
      {labels.draft && (
        <Label place={labels.draft} className="text-mark-spot">
          {text.draft}
        </Label>
      )}
      <Observed observed={observed} text={text} width={width} top={bottom + 14} />
    </svg>
  )
}

function Label({ place, className, children }: { place: MarkLabel; className: string; children: ReactNode }) {
  return (
    <text x={place.x} y={13} textAnchor={place.anchor} className={className}>
      {children}
    </text>
  )
}

function Observed({
  observed,
  text,
  width,
  top,
}: {
  observed: ObservedMark | null
  text: SplitBarText
  width: number
  top: number
}) {
  if (!observed)
    return (
      <text x={0} y={top + 4} className="text-mark-soft">
        {text.observed}
      </text>
    )
  const [low, share, high] = [observed.low * width, observed.share * width, observed.high * width]
  const withBand = textWidth(text.observed) + textWidth(text.band ?? '') + 8
  const fits = (need: number) => high + 10 + need < width
  const right = fits(textWidth(text.observed))
  return (
    <>
      <path className="mark-observed" d={`M${low} ${top - 4}v8m0-4H${high}m0-4v8`} />
      <path className="dot-disc" d={`M${share} ${top - 5}l5 5-5 5-5-5z`} />
      <text
        x={right ? high + 10 : Math.max(low - 10, textWidth(text.observed))}
        y={top + 4}
        textAnchor={right ? 'start' : 'end'}
        className="text-mark-ink"
      >
        {text.observed}
        {text.band && fits(withBand) && (
          <tspan dx={8} className="text-mark-soft">
            {text.band}
          </tspan>
        )}
      </text>
    </>
  )
}
