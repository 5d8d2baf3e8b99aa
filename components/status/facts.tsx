import type { ReactNode } from 'react'

/** One named fact. */
export type Fact = { name: string; value: ReactNode }

/** Facts under each other: what it is, and what is known. */
export function Facts({ of }: { of: readonly Fact[] }) {
  return (
    <dl className="grid gap-x-6 text-sm md:grid-cols-[136px_minmax(0,1fr)] md:gap-y-1">
      {of.map(({ name, value }) => (
        <div key={name} className="contents">
          <dt className="text-ink-soft">{name}</dt>
          <dd className="min-w-0 max-md:mb-2">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
