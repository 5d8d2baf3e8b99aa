import type { ReactNode } from 'react'
import { Icon } from '@/components/ui/icon'

export type ProgressState = 'waiting' | 'running' | 'done' | 'skipped' | 'failed'

/** One step: what is or will be true, how far it is in words for screen readers, when, and what else is to be said. */
export type ProgressItem = {
  key: string
  state: ProgressState
  title: ReactNode
  spoken: string
  time?: ReactNode
  more?: ReactNode
}

const MARK: Record<ProgressState, string> = {
  waiting: 'border-line-strong',
  running: 'border-spot',
  done: 'border-ok text-ok',
  skipped: 'border-dashed border-line-strong text-ink-soft',
  failed: 'border-bad text-bad',
}
const INK: Record<ProgressState, string> = {
  waiting: 'text-ink-soft',
  running: 'font-semibold text-spot',
  done: '',
  skipped: 'text-ink-soft',
  failed: 'font-semibold text-bad',
}

function Mark({ state }: { state: ProgressState }) {
  return (
    <span
      aria-hidden="true"
      className={`grid size-5 place-items-center rounded-full border-[1.5px] [&_svg]:size-3 [&_svg]:stroke-[2.2] ${MARK[state]}`}
    >
      {state === 'running' && <span className="size-2 rounded-full bg-spot forced-color-adjust-none" />}
      {state === 'done' && <Icon name="check" />}
      {state === 'skipped' && <Icon name="minus" />}
      {state === 'failed' && <Icon name="x" />}
    </span>
  )
}

/** Work step by step: a ring for what waits, a dot for what runs, a check for what is done, a cross where it stopped. */
export function ProgressList({ label, items }: { label: string; items: readonly ProgressItem[] }) {
  return (
    <ol aria-label={label}>
      {items.map(({ key, state, title, spoken, time, more }) => (
        <li
          key={key}
          aria-current={state === 'running' ? 'step' : undefined}
          className="relative grid grid-cols-[20px_minmax(0,1fr)_auto] gap-x-2.5 pb-3.5 before:absolute before:top-[22px] before:bottom-0.5 before:left-[9.25px] before:border-l-[1.5px] before:border-line-strong last:pb-0 last:before:hidden"
        >
          <Mark state={state} />
          <span className={INK[state]}>
            {title} <span className="sr-only">{spoken}</span>
          </span>
          <span className="text-xs/5 whitespace-nowrap text-ink-soft">{time}</span>
          {more && <div className="col-span-2 col-start-2 text-sm text-ink-soft">{more}</div>}
        </li>
      ))}
    </ol>
  )
}
