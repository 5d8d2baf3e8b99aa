'use client'
import { useState } from 'react'
import { useLanguage } from '@/components/shell/language-context'
import { foldedLines, type Numbered } from '@/components/start/yaml-fold'
import type { ReviewPage } from '@/lib/domain/model/start'

const LINE = 'grid grid-cols-[40px_20px_minmax(max-content,1fr)] whitespace-pre'
const LOOK = { '': '', '-': 'bg-sunk text-ink-soft', '+': 'bg-spot-wash' } as const
const SIGN = { '': '', '-': '−', '+': '+' } as const

/**
 * One object as YAML: what differs from the stable version's is marked, was and is under each other; long stretches that do not
 * are folded until they are opened. `stable` is the name of the object it is compared with.
 */
export function YamlView({ page, stable }: { page: ReviewPage; stable: string }) {
  const { say } = useLanguage()
  const words = say.start.review
  const [opened, setOpened] = useState<readonly number[]>([])
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      aria-label={words.yaml(page.kind, page.name)}
      className="overflow-x-auto border border-t-0 border-line bg-sheet py-2 font-mono text-sm/5"
    >
      {foldedLines(page.lines).map(({ kind, at, lines }) =>
        kind === 'folded' && !opened.includes(at) ? (
          <button
            key={at}
            type="button"
            onClick={() => setOpened([...opened, at])}
            className="my-1.5 block w-full border-y border-dashed border-line py-1.5 first:mt-0 first:border-t-0 last:mb-0 last:border-b-0 pl-15 text-left font-sans text-ink-soft -outline-offset-2 hover:text-ink"
          >
            {words.folded(lines.length, stable)}
          </button>
        ) : (
          lines.map(line => <Line key={line.at} line={line} />)
        ),
      )}
    </section>
  )
}

function Line({ line: { sign, text, number } }: { line: Numbered }) {
  const { wasSpoken, newSpoken } = useLanguage().say.start.review
  return (
    <div className={`${LINE} ${LOOK[sign]}`}>
      <span aria-hidden="true" className="pr-2 text-right text-ink-soft select-none">
        {number}
      </span>
      <span className="text-center font-bold select-none">
        <span aria-hidden="true">{SIGN[sign]}</span>
        {sign !== '' && <span className="sr-only">{sign === '-' ? wasSpoken : newSpoken}</span>}
      </span>
      <span>{text}</span>
    </div>
  )
}
