'use client'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'

const SHOWN_MS = 2000

/** Copies `text`; says so on the button itself, also to a screen reader. `small` stands in a line of text. */
export function CopyButton({
  text,
  label,
  done,
  failed,
  small = false,
}: {
  text: string
  label: string
  done: string
  failed: string
  small?: boolean
}) {
  const [outcome, setOutcome] = useState<'done' | 'failed'>()
  useEffect(() => {
    if (!outcome) return
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [outcome])
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setOutcome('done'),
      () => setOutcome('failed'),
    )
  return (
    <Button
      kind="quiet"
      className={small ? 'h-6! px-1! text-sm max-md:h-9!' : '-mx-2'}
      onClick={() => void copy()}
    >
      <Icon name={outcome === 'done' ? 'check' : 'copy'} />
      <span aria-live="polite">{outcome === 'done' ? done : outcome === 'failed' ? failed : label}</span>
    </Button>
  )
}
