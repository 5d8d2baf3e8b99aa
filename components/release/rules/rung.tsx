import type { ReactNode } from 'react'
import { Glyph } from '@/components/ui/glyph'
import { VisuallyHidden } from '@/components/ui/visually-hidden'

/**
 * One rung of the ladder: its number, what it asks for, the version it sends to at the end of a dotted leader, and one
 * sentence on those it does not take. `skipped`: not set; `dead`: set, but never reached; `hit`: what is said of it where it
 * decides the request beside the ladder.
 */
export function Rung({
  number,
  name,
  to,
  says,
  skipped = false,
  dead,
  hit,
  children,
}: {
  number: number
  name: string
  to?: { side: 'stable' | 'canary'; name: string } | undefined
  says?: ReactNode
  skipped?: boolean
  dead?: string | undefined
  hit?: string | undefined
  children?: ReactNode
}) {
  const ring = hit
    ? 'border-ink bg-ink text-paper font-semibold'
    : dead
      ? 'border-bad text-bad font-semibold'
      : skipped
        ? 'border-dashed border-line-strong text-ink-soft'
        : 'border-ink font-semibold'
  return (
    <li className="relative grid grid-cols-[28px_minmax(0,1fr)] content-start gap-x-3 gap-y-0.5 pb-6 before:absolute before:top-7 before:bottom-0 before:left-[13px] before:border-l-[1.5px] before:border-line-strong">
      <span
        className={`grid size-7 place-items-center rounded-full border-[1.5px] text-sm ${ring}`}
        aria-hidden="true"
      >
        {dead && !hit ? '×' : number}
      </span>
      <div className="flex min-h-7 flex-wrap items-baseline gap-x-2 gap-y-1">
        <b className={`min-w-17 leading-7 ${dead ? 'line-through' : ''}`}>
          {name}
          {hit && <VisuallyHidden>{` (${hit})`}</VisuallyHidden>}
        </b>
        <div className="contents max-md:order-1 max-md:flex max-md:basis-full max-md:flex-wrap max-md:items-baseline max-md:gap-2">
          {children}
        </div>
        {to && !skipped && (
          <span className="ml-auto md:flex md:flex-auto md:items-baseline">
            <span className="mx-1 min-w-4 flex-1 border-b-2 border-dotted border-line max-md:hidden" />
            <b className="md:whitespace-nowrap">
              <Glyph kind={to.side} /> {to.name}
            </b>
          </span>
        )}
      </div>
      {(says || dead) && (
        <p className={`col-start-2 max-w-[64ch] text-sm ${dead ? 'text-bad' : 'text-ink-soft'}`}>
          {dead ?? says}
        </p>
      )}
    </li>
  )
}

/** Where the rail ends: everything no rung took. */
export function LastRung({ name, to, hit }: { name: string; to: string; hit?: string | undefined }) {
  return (
    <li className="grid grid-cols-[28px_minmax(0,1fr)] gap-x-3">
      <span className="grid size-7 place-items-center" aria-hidden="true">
        <span className={`rounded-full ${hit ? 'size-4 bg-ink' : 'size-[9px] bg-line-strong'}`} />
      </span>
      <div className="flex min-h-7 flex-wrap items-center gap-x-2">
        <span>
          {name}
          {hit && <VisuallyHidden>{` (${hit})`}</VisuallyHidden>}
        </span>
        <span className="mx-1 min-w-0 flex-[1_1_16px] border-b-2 border-dotted border-line max-md:hidden" />
        <b className="max-md:ml-auto md:whitespace-nowrap">
          <Glyph kind="stable" /> {to}
        </b>
      </div>
    </li>
  )
}
