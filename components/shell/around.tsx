import type { ReactNode } from 'react'

const SLOT = '\u0000'

/** A sentence of the catalogue around something drawn, such as a time that counts on. */
export function Around({ text, slot }: { text: (slot: string) => string; slot: ReactNode }) {
  const [before, after] = text(SLOT).split(SLOT)
  return (
    <>
      {before}
      {slot}
      {after}
    </>
  )
}
