import { type ReactNode, useId } from 'react'

/** A section of a page: title and one line of fact in the gutter, the rest beside it; stacked where it is narrow. */
export function Section({
  title,
  fact,
  bare = false,
  children,
}: {
  title: string
  fact?: ReactNode
  bare?: boolean
  children: ReactNode
}) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className={`grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-4 py-6 lg:grid-cols-[var(--gutter)_minmax(0,1fr)] ${bare ? '' : 'border-t border-line'}`}
    >
      <header className="flex flex-wrap content-start items-baseline gap-x-3 gap-y-0.5 lg:flex-col">
        <h2 id={id} className="text-lg">
          {title}
        </h2>
        {fact && <p className="text-sm text-ink-soft lg:leading-[18px]">{fact}</p>}
      </header>
      <div className="min-w-0">{children}</div>
    </section>
  )
}
