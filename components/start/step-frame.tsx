'use client'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useLanguage } from '@/components/shell/language-context'
import { STEPS, type StartStep } from '@/components/start/start-draft'
import { LinkButton } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'

const ROUND = 'grid size-7 place-items-center rounded-full border-[1.5px] text-sm font-semibold'

/** A step that is done, in one line: what was chosen, and the way back to it. */
export function FoldedStep({
  step,
  onChange,
  children,
}: {
  step: StartStep
  onChange?: (() => void) | undefined
  children: ReactNode
}) {
  const { say } = useLanguage()
  const name = say.start.steps[step]
  return (
    <section
      aria-label={name}
      className="grid grid-cols-[28px_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 border-t border-line py-2.5 md:grid-cols-[28px_140px_minmax(0,1fr)_auto]"
    >
      <span className={`${ROUND} border-ok text-ok`}>
        <Icon name="check" />
        <span className="sr-only">{say.start.done}</span>
      </span>
      <h2>{name}</h2>
      <div className="min-w-0 max-md:col-start-2 max-md:col-end-4 max-md:row-start-2">{children}</div>
      {onChange && (
        <LinkButton
          className="text-sm max-md:col-start-3 max-md:row-start-1"
          aria-label={say.start.changeWhat(name)}
          onClick={onChange}
        >
          {say.start.change}
        </LinkButton>
      )}
    </section>
  )
}

/** From here on a step's fields stand under what the folded steps say. */
const INSET = 'lg:pl-48'

/** The step at work; `isWide`: it needs the whole width. When a hand opens it, the focus goes to its first field, else to its title. */
export function OpenStep({
  step,
  fact,
  takesFocus,
  isWide = false,
  children,
}: {
  step: StartStep
  fact: ReactNode
  takesFocus: boolean
  isWide?: boolean
  children: ReactNode
}) {
  const { say } = useLanguage()
  const id = useId()
  const place = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!takesFocus) return
    const first = place.current?.querySelector<HTMLElement>('[data-first]')
    ;(first ?? place.current?.querySelector('h2'))?.focus()
  }, [takesFocus])
  const number = STEPS.indexOf(step) + 1
  return (
    <section ref={place} aria-labelledby={id} className="border-t border-line pt-3.5 pb-6">
      <header className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1">
        <span aria-hidden="true" className={`${ROUND} border-ink bg-ink text-paper`}>
          {number}
        </span>
        <h2 id={id} tabIndex={-1} className="text-lg">
          <span className="sr-only">{say.start.number(number)} </span>
          {say.start.steps[step]}
        </h2>
        <p className="text-ink-soft">{fact}</p>
      </header>
      {isWide ? children : <div className={INSET}>{children}</div>}
    </section>
  )
}

/** A step whose turn has not come. */
export function WaitingStep({ step }: { step: StartStep }) {
  const { say } = useLanguage()
  return (
    <section
      aria-label={say.start.steps[step]}
      className="flex items-center gap-3 border-t border-line py-2.5 text-ink-soft"
    >
      <span aria-hidden="true" className={`${ROUND} border-line-strong font-normal`}>
        {STEPS.indexOf(step) + 1}
      </span>
      <h2 className="font-normal">{say.start.steps[step]}</h2>
    </section>
  )
}
