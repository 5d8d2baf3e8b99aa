import type { Dot, DotKind } from '@/components/ui/dots'

/** An answer as the matrix draws it. */
export type MatrixAnswer = Extract<DotKind, 'stable' | 'canary' | 'unknown' | 'error'>

export type Grid = { columns: number; rows: number; pitch: number; width: number; height: number }

/** 20 × 20 at 17 px; 25 × 16 on a phone and where the place is tight. Units: pixels. */
export function gridOf(width: number, phone: boolean): Grid {
  const columns = phone || width < 300 ? 25 : 20
  const pitch = Math.min(17, width / columns)
  const rows = 400 / columns
  return { columns, rows, pitch, width: columns * pitch, height: rows * pitch }
}

/**
 * Which answers are shown, and where. Rows fill like text; a dot never moves sideways: when the last row is full the
 * picture moves up by a whole row.
 *
 * Units: `seen` counts all answers ever, so that the place of one is kept while the list slides; pixels else.
 */
export function matrixDots(
  answers: readonly MatrixAnswer[],
  seen: number,
  grid: Grid,
): { first: number; dots: Dot[] } {
  const lastRow = seen === 0 ? 0 : ((seen - 1) % grid.columns) + 1
  const room = (grid.rows - 1) * grid.columns + lastRow
  const first = Math.max(0, answers.length - room)
  const shown = answers.slice(first)
  const offset = (((seen - shown.length) % grid.columns) + grid.columns) % grid.columns
  const dots = shown.map((kind, index) => {
    const cell = index + offset
    return {
      x: ((cell % grid.columns) + 0.5) * grid.pitch,
      y: (Math.floor(cell / grid.columns) + 0.5) * grid.pitch,
      kind,
    }
  })
  return { first, dots }
}
