import { memo } from 'react'
import { type Dot, litCells } from '@/components/ui/dots'
import { DotsPath } from '@/components/ui/dots-path'

const PITCH = 7
const ROWS = 4
const CELLS = 100

/** The small split bar of the board: 25 × 4 dots, one dot a part in a hundred, filled column by column. */
export const MiniBar = memo(function MiniBar({
  weight,
  total,
  label,
}: {
  weight: number
  total: number
  label: string
}) {
  const lit = litCells(weight, total, CELLS)
  const dots: Dot[] = Array.from({ length: CELLS }, (_, cell) => ({
    x: (Math.floor(cell / ROWS) + 0.5) * PITCH,
    y: ((cell % ROWS) + 0.5) * PITCH,
    kind: cell < lit ? 'canary' : 'stable',
  }))
  return (
    <svg
      className="drawing flex-none"
      width={175}
      height={28}
      viewBox="0 0 175 28"
      role="img"
      aria-label={label}
    >
      <DotsPath dots={dots} pitch={PITCH} />
    </svg>
  )
})
