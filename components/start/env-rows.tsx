'use client'
import { useState } from 'react'
import { useLanguage } from '@/components/shell/language-context'
import { type EnvRow, isChanged, isTwice, withoutRow, withRow } from '@/components/start/env-draft'
import type { StartHand } from '@/components/start/use-start'
import { Button, LinkButton } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Icon } from '@/components/ui/icon'
import { problemText } from '@/lib/language/problem'

/** The variables of the new version: as in the stable one, until a hand changes some of them. */
export function EnvRows({ from, hand }: { from: string; hand: StartHand }) {
  const { say, language } = useLanguage()
  const words = say.start.version
  const { draft, change, problemOf } = hand
  const [open, setOpen] = useState(false)
  const rows = draft.env
  const told = problemOf('env')
  const isOpen = open || told !== undefined
  const set = (row: EnvRow) => change({ env: rows.map(each => (each.id === row.id ? row : each)) })
  const changed = rows.filter(isChanged).length
  const add = () => {
    change({ env: withRow(rows) })
    setOpen(true)
  }
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-1 text-sm text-ink-soft">{words.env}</legend>
      <p className="flex flex-wrap gap-x-4 gap-y-1">
        <span>
          {changed > 0
            ? words.envChanged(changed)
            : words.envAs(rows.filter(row => row.from !== null).length, from)}
        </span>
        {rows.length > 0 && (
          <LinkButton aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? words.envHide : words.envShow}
          </LinkButton>
        )}
        <LinkButton onClick={add}>{words.envAdd}</LinkButton>
      </p>
      {told && (
        <p role="alert" className="text-sm text-bad">
          {problemText(told, language)}
        </p>
      )}
      {isOpen && rows.length > 0 && (
        <ul className="grid">
          {rows.map(row => (
            <Row
              key={row.id}
              row={row}
              isTwice={isTwice(rows, row)}
              onChange={set}
              onRemove={() => change({ env: withoutRow(rows, row) })}
            />
          ))}
        </ul>
      )}
    </fieldset>
  )
}

function Row({
  row,
  isTwice: twice,
  onChange,
  onRemove,
}: {
  row: EnvRow
  isTwice: boolean
  onChange: (row: EnvRow) => void
  onRemove: () => void
}) {
  const { say } = useLanguage()
  const words = say.start.version
  const { name, value, from, isGone } = row
  const nameless = from === null && name.trim() === '' && value !== ''
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-2 gap-y-1 border-t border-line py-2 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto]">
      {from ? (
        <span className={`py-1.5 font-mono text-sm break-words ${isGone ? 'line-through' : ''}`}>{name}</span>
      ) : (
        <Field
          mono
          hideLabel
          label={words.envName}
          placeholder={words.envName}
          value={name}
          maxLength={253}
          problem={twice ? words.envTwice : nameless && words.envNameless}
          onChange={event => onChange({ ...row, name: event.currentTarget.value })}
        />
      )}
      <span className="min-w-0 max-md:col-span-2 max-md:row-start-2">
        {isGone ? (
          <span className="block py-1.5 text-sm text-ink-soft">{words.envGone}</span>
        ) : value === null ? (
          <span className="block py-1.5 text-sm text-ink-soft">{words.envElsewhere}</span>
        ) : (
          <Field
            mono
            hideLabel
            className="w-full"
            label={words.envValue(name)}
            value={value}
            maxLength={4096}
            onChange={event => onChange({ ...row, value: event.currentTarget.value })}
          />
        )}
      </span>
      {isGone ? (
        <LinkButton className="py-1.5 text-sm" onClick={() => onChange({ ...row, isGone: false })}>
          {words.envKeep(name)}
        </LinkButton>
      ) : (
        <Button
          kind="quiet"
          square
          aria-label={words.envRemove(name)}
          title={words.envRemove(name)}
          onClick={onRemove}
        >
          <Icon name="x" />
        </Button>
      )}
    </li>
  )
}
