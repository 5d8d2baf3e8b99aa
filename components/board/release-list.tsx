'use client'
import { memo, startTransition, useEffect, useState } from 'react'
import { ReleaseRow, ROW_GRID } from '@/components/board/release-row'
import { plainSight, type Sight } from '@/components/board/use-listed'
import { useLanguage } from '@/components/shell/language-context'
import type { Operation } from '@/lib/domain/model/operation'

/** The rows of the board. It draws anew only when rows come, go or change places; each row looks after its own value. */
export const ReleaseList = memo(function ReleaseList({
  keys,
  sights,
  latest,
}: {
  keys: readonly string[]
  sights: Readonly<Record<string, Sight>>
  /** The latest work on each release. */
  latest: ReadonlyMap<string, Operation>
}) {
  const { say } = useLanguage()
  const { column } = say.board
  const several = Object.keys(sights).length > 1
  const room = useGrowingRoom(keys.length)
  return (
    <section aria-label={say.board.list}>
      <div className={`hidden gap-x-4 pb-1.5 text-xs text-ink-soft xl:grid ${ROW_GRID}`} aria-hidden="true">
        <span>{column.route}</span>
        <span>{column.pods}</span>
        <span>{column.weight}</span>
        <span>{column.rules}</span>
        <span>{column.observed}</span>
        <span>{column.change}</span>
        <span className="text-right">{column.findings}</span>
      </div>
      <ul className="border-b border-line">
        {keys.slice(0, room).map(key => (
          <ReleaseRow
            key={key}
            rowKey={key}
            sight={sights[key.split('/')[1] ?? ''] ?? plainSight}
            several={several}
            work={latest.get(key.slice('board/'.length))}
          />
        ))}
      </ul>
    </section>
  )
})

const FIRST_ROWS = 60
const MORE_ROWS = 120

/** How many of a long list's rows are drawn: a screenful at once, the rest bit by bit, so that the first one never waits. */
function useGrowingRoom(rows: number): number {
  const [room, setRoom] = useState(FIRST_ROWS)
  useEffect(() => {
    if (room >= rows) return
    const timer = setTimeout(() => startTransition(() => setRoom(room + MORE_ROWS)), 0)
    return () => clearTimeout(timer)
  }, [room, rows])
  return room
}
