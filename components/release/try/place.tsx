import type { ReactNode } from 'react'
import { fixedHost, placeProblems } from '@/components/release/try/typed'
import type { Trial } from '@/components/release/try/use-trial'
import { useLanguage } from '@/components/shell/language-context'
import { Field } from '@/components/ui/field'
import { problemText } from '@/lib/language/problem'

/** Where a tried request goes: the path, and the host where the route takes more than one. */
export function Place({ trial }: { trial: Trial }) {
  const { say, language } = useLanguage()
  const words = say.trial
  const { draft, route, typed, change } = trial
  const host = fixedHost(route)
  const wrong = placeProblems({ ...typed, host: draft.host })
  return (
    <>
      <Line label={words.host}>
        {host === null ? (
          <Field
            label={words.host}
            hideLabel
            mono
            className="w-full"
            value={draft.host}
            placeholder={route?.host || words.anyHost}
            problem={wrong.host && problemText(wrong.host, language)}
            onChange={event => change({ host: event.currentTarget.value.trim() })}
          />
        ) : (
          <code className="leading-(--ctl)">{host}</code>
        )}
      </Line>
      <Line label={words.path}>
        <Field
          label={words.path}
          hideLabel
          mono
          className="w-full"
          value={typed.path}
          problem={wrong.path && problemText(wrong.path, language)}
          onChange={event => change({ path: event.currentTarget.value })}
        />
      </Line>
    </>
  )
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[64px_minmax(0,1fr)] items-start gap-2">
      <span aria-hidden="true" className="text-sm/(--ctl) text-ink-soft">
        {label}
      </span>
      {children}
    </div>
  )
}
