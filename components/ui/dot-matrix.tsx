'use client'
import { type KeyboardEvent, type PointerEvent, useMemo } from 'react'
import { gridOf, type MatrixAnswer, matrixDots } from '@/components/ui/dot-matrix-layout'
import { DotsPath } from '@/components/ui/dots-path'
import { useWidth } from '@/components/ui/use-width'

const PHONE = 768

type Props = {
  answers: readonly MatrixAnswer[]
  /** All answers ever counted: keeps every dot in its column while the list slides. */
  seen: number
  label: string
  /** Index into `answers` of the one looked at, and what a screen reader hears for it. */
  picked: number | null
  says: string
  onPick: (index: number | null) => void
}

const STEP: Record<string, (columns: number) => number> = {
  ArrowLeft: () => -1,
  ArrowRight: () => 1,
  ArrowUp: columns => -columns,
  ArrowDown: columns => columns,
}

/**
 * The last answers as a field of dots, read like text, newest last and circled. Hover or arrow keys pick one; the
 * caller shows it in a line below.
 */
export function DotMatrix({ answers, seen, label, picked, says, onPick }: Props) {
  const { ref, width } = useWidth<HTMLDivElement>()
  const grid = useMemo(() => gridOf(width ?? 340, width !== undefined && window.innerWidth < PHONE), [width])
  const { first, dots } = useMemo(() => matrixDots(answers, seen, grid), [answers, seen, grid])
  const newest = dots.at(-1)
  const chosen = picked === null ? undefined : dots[picked - first]

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return onPick(null)
    const step = STEP[event.key]
    if (!step || answers.length === 0) return
    event.preventDefault()
    const from = picked ?? answers.length - 1
    onPick(Math.max(first, Math.min(answers.length - 1, from + step(grid.columns))))
  }
  const onPointerMove = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect()
    const [x, y] = [event.clientX - box.left, event.clientY - box.top]
    const near = dots.findIndex(
      dot => Math.abs(dot.x - x) <= grid.pitch / 2 && Math.abs(dot.y - y) <= grid.pitch / 2,
    )
    onPick(near === -1 ? null : near + first)
  }

  return (
    <div
      ref={ref}
      className="max-w-[425px]"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, answers.length - 1)}
      aria-valuenow={picked ?? Math.max(0, answers.length - 1)}
      aria-valuetext={says}
      onKeyDown={onKeyDown}
      onPointerMove={onPointerMove}
      onPointerLeave={() => onPick(null)}
    >
      <svg
        className="drawing"
        width={grid.width}
        height={grid.height + 2}
        viewBox={`0 0 ${grid.width} ${grid.height + 2}`}
        aria-hidden="true"
      >
        <DotsPath dots={dots} pitch={grid.pitch} />
        {newest && <circle className="mark-newest" cx={newest.x} cy={newest.y} r={grid.pitch * 0.49} />}
        {chosen && <circle className="mark-newest" cx={chosen.x} cy={chosen.y} r={grid.pitch * 0.62} />}
      </svg>
    </div>
  )
}
