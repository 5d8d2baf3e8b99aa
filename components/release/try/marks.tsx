import { type RefObject, useEffect, useRef } from 'react'
import { type MarkKind, type Row, rowProblem } from '@/components/release/try/typed'
import type { Trial } from '@/components/release/try/use-trial'
import { useLanguage } from '@/components/shell/language-context'
import { RichText } from '@/components/shell/rich-text'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Icon } from '@/components/ui/icon'
import { problemText } from '@/lib/language/problem'

/** nginx reads no other names. Source: ignore_invalid_headers, underscores_in_headers off. */
const READ_BY_NGINX = /^[A-Za-z0-9-]*$/

/** What a tried request carries: headers and cookies, one a line. */
export function Marks({ trial }: { trial: Trial }) {
  const { say } = useLanguage()
  const words = say.trial
  const wantsFocus = useRef(false)
  const adders = useRef<HTMLDivElement>(null)
  const { rows } = trial.draft
  const placeOf = (row: Row) => rows.filter(each => each.kind === row.kind).indexOf(row) + 1
  const add = (kind: MarkKind) => {
    wantsFocus.current = true
    trial.addRow(kind)
  }
  const remove = (row: Row) => {
    trial.removeRow(row.id)
    adders.current?.querySelector('button')?.focus({ preventScroll: true })
  }
  return (
    <>
      {rows.map(row => (
        <MarkLine
          key={row.id}
          row={row}
          place={String(placeOf(row))}
          trial={trial}
          wantsFocus={wantsFocus}
          onRemove={() => remove(row)}
        />
      ))}
      <div ref={adders} className="flex flex-wrap gap-x-2 text-sm md:ml-16">
        <Button kind="quiet" onClick={() => add('header')}>
          <Icon name="plus" /> {words.addHeader}
        </Button>
        <Button kind="quiet" onClick={() => add('cookie')}>
          <Icon name="plus" /> {words.addCookie}
        </Button>
      </div>
    </>
  )
}

function MarkLine({
  row,
  place,
  trial,
  wantsFocus,
  onRemove,
}: {
  row: Row
  place: string
  trial: Trial
  wantsFocus: RefObject<boolean>
  onRemove: () => void
}) {
  const { say, language } = useLanguage()
  const words = say.trial
  const { kind, name, value } = row
  const isHeader = kind === 'header'
  const told = rowProblem(row, trial.draft.rows)
  const wrong = told && problemText(told, language)
  const atValue = told?.params?.rule === 'value'
  const remove = isHeader ? words.removeHeader(place) : words.removeCookie(place)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (wantsFocus.current) field.current?.focus()
    wantsFocus.current = false
  }, [wantsFocus])
  return (
    <div>
      <div className="grid grid-cols-[64px_minmax(0,1fr)_minmax(0,1fr)_var(--ctl)] items-start gap-2">
        <span aria-hidden="true" className="text-sm/(--ctl) text-ink-soft">
          {words[kind]}
        </span>
        <Field
          ref={field}
          label={isHeader ? words.headerName(place) : words.cookieName(place)}
          hideLabel
          mono
          className={wrong ? 'col-span-3' : ''}
          placeholder={words.name}
          value={name}
          problem={atValue ? undefined : wrong}
          onChange={event => trial.changeRow(row.id, { name: event.currentTarget.value.trim() })}
        />
        <Field
          label={isHeader ? words.headerValue(place) : words.cookieValue(place)}
          hideLabel
          mono
          className={wrong ? 'col-span-2 col-start-2' : ''}
          placeholder={words.value}
          value={value}
          problem={atValue ? wrong : undefined}
          onChange={event => trial.changeRow(row.id, { value: event.currentTarget.value })}
        />
        <Button kind="quiet" square aria-label={remove} title={remove} onClick={onRemove}>
          <Icon name="x" />
        </Button>
      </div>
      {isHeader && !READ_BY_NGINX.test(name) && !told && (
        <p className="mt-1 text-sm text-warn md:ml-[72px]">
          <RichText of={words.dropped(name)} />
        </p>
      )}
    </div>
  )
}
