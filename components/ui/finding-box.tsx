import type { ReactNode } from 'react'
import { Strip, type Tone } from '@/components/ui/strip'

/** A named part of a finding: *where*, *why*, *fix*. */
export type FindingPart = { name: string; text: ReactNode }

/** One finding: its line, its id, and, when open, where, why and how to fix it. `actions` opens it; `children` mend it. */
export function FindingBox({
  tone,
  title,
  id,
  parts,
  actions,
  children,
}: {
  tone: Tone
  title: ReactNode
  id: string
  parts: readonly FindingPart[]
  actions?: ReactNode
  children?: ReactNode
}) {
  return (
    <Strip tone={tone} actions={actions}>
      <p>
        {title} <span className="font-mono text-xs text-ink-soft">{id}</span>
      </p>
      {parts.length > 0 && (
        <dl className="mt-2 grid gap-x-3 md:grid-cols-[64px_minmax(0,1fr)] md:gap-y-1.5">
          {parts.map(part => (
            <div key={part.name} className="contents">
              <dt className="text-ink-soft">{part.name}</dt>
              <dd className="max-w-[88ch] max-md:mb-1.5">{part.text}</dd>
            </div>
          ))}
        </dl>
      )}
      {children}
    </Strip>
  )
}
