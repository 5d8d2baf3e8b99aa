import type { ComponentProps } from 'react'

/** ink: back to stable · go: towards the canary · quiet: a side matter · plain: everything else. */
export type ButtonKind = 'plain' | 'ink' | 'go' | 'quiet'

const KIND: Record<ButtonKind, string> = {
  plain: 'border-line-strong px-3 hover:bg-sunk',
  ink: 'border-ink bg-ink px-3 font-semibold text-paper hover:bg-[color-mix(in_srgb,var(--color-ink)_86%,var(--color-paper))]',
  go: 'border-spot bg-spot px-3 font-semibold text-on-spot hover:bg-[color-mix(in_srgb,var(--color-spot)_86%,var(--color-ink))]',
  quiet: 'border-transparent px-2 text-ink-soft hover:bg-sunk hover:text-ink',
}

const SHAPE =
  'inline-flex h-(--ctl) items-center justify-center gap-1.5 rounded-md border whitespace-nowrap transition-[background-color] duration-(--fast) active:translate-y-px'
const OFF =
  'inline-flex h-(--ctl) cursor-not-allowed items-center justify-center gap-1.5 rounded-md border border-dashed border-line-strong px-3 text-ink-soft whitespace-nowrap'

/** The look of a button, for a link that acts like one. */
export const buttonClass = (kind: ButtonKind = 'plain') => `${SHAPE} ${KIND[kind]}`

/**
 * A button. `reason` switches it off, yet it keeps its place in the tab order and says why; `square` holds only an icon
 * and then needs an `aria-label`.
 */
export function Button({
  kind = 'plain',
  square = false,
  reason,
  className = '',
  onClick,
  ...rest
}: ComponentProps<'button'> & { kind?: ButtonKind; square?: boolean; reason?: string | undefined }) {
  const off = reason !== undefined || rest.disabled
  return (
    <button
      type="button"
      {...rest}
      {...(reason !== undefined && { 'aria-disabled': true, title: reason })}
      onClick={reason === undefined ? onClick : event => event.preventDefault()}
      className={`${off ? OFF : buttonClass(kind)} ${square ? 'w-(--ctl) px-0!' : ''} ${className}`}
    />
  )
}

/** A button that looks like a link in running text. */
export function LinkButton({ className = '', ...rest }: ComponentProps<'button'>) {
  return <button type="button" {...rest} className={`link ${className}`} />
}
