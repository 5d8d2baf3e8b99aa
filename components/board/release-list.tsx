'use client'
import { memo } from 'react'
import { ReleaseRow, ROW_GRID } from '@/components/board/release-row'
import type { Connection } from '@/components/board/use-listed'
import { useLanguage } from '@/components/shell/language-context'

/** The rows of the board. It draws anew only when rows come, go or change places; each row looks after its own value. */
export const ReleaseList = memo(function ReleaseList({
  keys,
  connections,
}: {
  keys: readonly string[]
  connections: Readonly<Record<string, Connection>>
}) {
  const { say } = useLanguage()
  const { column } = say.board
  const several = Object.keys(connections).length > 1
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
        {keys.map(key => (
          <ReleaseRow
            key={key}
            rowKey={key}
            connection={connections[key.split('/')[1] ?? ''] ?? 'live'}
            several={several}
          />
        ))}
      </ul>
    </section>
  )
})
