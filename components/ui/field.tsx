'use client'
import { type ComponentProps, type ReactNode, useId } from 'react'

const BOX =
  'h-(--ctl) min-w-0 rounded-md border bg-sheet px-2.5 disabled:border-dashed disabled:bg-transparent disabled:text-ink-soft'

/** The look of a text box; `bad` is the error's. */
export const fieldClass = (bad: boolean) =>
  `${BOX} ${bad ? 'border-bad inset-ring-1 inset-ring-bad' : 'border-line-strong'}`

/**
 * A text box with its name and, below it, the sentence that says what is wrong with it, or `warning`: what to think about.
 * `hideLabel` keeps the name for screen readers only; `mono` is for what the cluster calls something.
 */
export function Field({
  label,
  hideLabel = false,
  problem,
  warning,
  mono = false,
  className = '',
  ...rest
}: Omit<ComponentProps<'input'>, 'id'> & {
  label: string
  hideLabel?: boolean
  problem?: ReactNode
  warning?: string | undefined
  mono?: boolean
}) {
  const id = useId()
  const wrong = problem !== undefined && problem !== null && problem !== false
  const told = wrong ? `${id}-problem` : warning ? `${id}-warning` : undefined
  return (
    <span className={`inline-grid min-w-0 gap-1 ${className}`}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'text-sm text-ink-soft'}>
        {label}
      </label>
      <input
        type="text"
        autoComplete="off"
        spellCheck={false}
        {...rest}
        id={id}
        aria-invalid={wrong || undefined}
        aria-describedby={told}
        className={`${fieldClass(wrong)} w-full ${mono ? 'font-mono text-sm' : ''}`}
      />
      {wrong && (
        <span id={`${id}-problem`} role="alert" className="text-sm text-bad">
          {problem}
        </span>
      )}
      {!wrong && warning && (
        <span id={`${id}-warning`} className="text-sm text-warn">
          {warning}
        </span>
      )}
    </span>
  )
}
