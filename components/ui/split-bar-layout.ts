import { type Dot, litCells } from '@/components/ui/dots'

/** A label of a mark: where its text starts or ends. Units: pixels. */
export type MarkLabel = { x: number; anchor: 'start' | 'end' }

export type BarSize = { columns: number; rows: number; pitch: number; height: number }

/** Room above the dots for the labels of *configured* and *draft*. Units: pixels. */
export const LABEL_ROOM = 24
const NARROW = 620

/** Columns, rows and pitch of a bar: 100 × 5, 50 columns where it is narrow, 125 × 8 where one dot is one part of a thousand. */
export function barSize(width: number, total: number): BarSize {
  const narrow = width < NARROW
  const fine = total > 100 && !narrow
  const columns = narrow ? 50 : fine ? 125 : 100
  const pitch = width / columns
  const rows = fine ? 8 : Math.max(4, Math.round(60 / pitch))
  return { columns, rows, pitch, height: rows * pitch }
}

/** Every dot of a bar, filled column by column from the left; where draft and weight differ, as a draft. */
export function barDots(
  size: BarSize,
  { weight, draft, total }: { weight: number; draft: number; total: number },
) {
  const cells = size.columns * size.rows
  const now = litCells(weight, total, cells)
  const next = litCells(draft, total, cells)
  const kindOf = (cell: number): Dot['kind'] => {
    if (cell < now) return cell < next ? 'canary' : 'down'
    return cell < next ? 'up' : 'stable'
  }
  return Array.from(
    { length: cells },
    (_, cell): Dot => ({
      x: (Math.floor(cell / size.rows) + 0.5) * size.pitch,
      y: LABEL_ROOM + ((cell % size.rows) + 0.5) * size.pitch,
      kind: kindOf(cell),
    }),
  )
}

/** About how wide a label is in the 12 px caption size. Units: pixels. */
export const textWidth = (text: string) =>
  [...text].reduce((width, letter) => width + (letter > '⺀' ? 12 : 6.8), 0)

/**
 * Places the two labels above the bar: each beside its line, the configured one on the side away from the draft.
 * They flip at the edges, push each other aside and are never left out.
 */
export function placeLabels(
  width: number,
  configured: { x: number; text: string },
  draft: { x: number; text: string } | null,
): { configured: MarkLabel; draft: MarkLabel | null } {
  const upwards = draft !== null && draft.x >= configured.x
  const first = upwards ? configured : (draft ?? configured)
  const second = upwards ? draft : draft && configured
  if (!second) return { configured: beside(first, width, 'right'), draft: null }

  const [left, right] = pushApart(
    beside(first, width, 'left'),
    first,
    beside(second, width, 'right'),
    second,
    width,
  )
  return upwards ? { configured: left, draft: right } : { configured: right, draft: left }
}

const GAP = 5
const BETWEEN = 10

function beside({ x, text }: { x: number; text: string }, width: number, wish: 'left' | 'right'): MarkLabel {
  const need = textWidth(text) + GAP
  const right = wish === 'right' ? x + need <= width : x < need
  return right ? { x: x + GAP, anchor: 'start' } : { x: x - GAP, anchor: 'end' }
}

const startOf = (label: MarkLabel, text: string) =>
  label.anchor === 'start' ? label.x : label.x - textWidth(text)

function pushApart(
  left: MarkLabel,
  first: { text: string },
  right: MarkLabel,
  second: { text: string },
  width: number,
): [MarkLabel, MarkLabel] {
  const [a, b] = [startOf(left, first.text), startOf(right, second.text)]
  const endOfLeft = a + textWidth(first.text)
  if (b >= endOfLeft + BETWEEN) return [left, right]
  const wanted = endOfLeft + BETWEEN
  const overflow = Math.max(0, wanted + textWidth(second.text) - width)
  return [
    { x: a - overflow, anchor: 'start' },
    { x: wanted - overflow, anchor: 'start' },
  ]
}
