import type { ReactNode } from 'react'
import { Icon, type IconName } from '@/components/ui/icon'

export type Tone = 'bad' | 'warn' | 'ok' | 'note'

const WASH: Record<Tone, string> = {
  bad: 'bg-bad-wash',
  warn: 'bg-warn-wash',
  ok: 'bg-ok-wash',
  note: 'bg-sunk',
}
const INK: Record<Tone, string> = { bad: 'text-bad', warn: 'text-warn', ok: 'text-ok', note: 'text-ink-soft' }
const ICON: Record<Tone, IconName> = { bad: 'error', warn: 'warn', ok: 'check', note: 'info' }

/** One message in place: an icon, sentences, and what can be done about it at the right. */
export function Strip({
  tone,
  icon,
  actions,
  role,
  children,
}: {
  tone: Tone
  icon?: IconName
  actions?: ReactNode
  role?: 'alert' | 'status'
  children: ReactNode
}) {
  return (
    <div
      role={role}
      className={`grid grid-cols-[16px_minmax(0,1fr)] gap-x-3 gap-y-1 rounded-md px-3 py-2.5 md:grid-cols-[16px_minmax(0,1fr)_auto] ${WASH[tone]}`}
    >
      <span className={INK[tone]}>
        <Icon name={icon ?? ICON[tone]} />
      </span>
      <div className="min-w-0 self-center">{children}</div>
      {actions && (
        <div className="flex flex-wrap items-center gap-4 self-start max-md:col-start-2 max-md:mt-1">
          {actions}
        </div>
      )}
    </div>
  )
}
