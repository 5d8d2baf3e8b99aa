import { useState } from 'react'
import { useWindow, WINDOWS } from '@/components/release/proof/use-window'
import { useLanguage } from '@/components/shell/language-context'
import { Button, buttonClass } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { send, urlOf } from '@/lib/client'
import type { Release } from '@/lib/domain/model/release'
import { problemText, type Told } from '@/lib/language/problem'

const RATES = [1, 2, 5, 10, 20, 50]

/** What is drawn and how fast is asked: pause, rate, window, chart or table. */
export function Controls({
  release,
  perSecond,
  off,
  paused,
  table,
  onPause,
  onTable,
}: {
  release: Release
  perSecond: number
  off: string | undefined
  paused: boolean
  table: boolean
  onPause: () => void
  onTable: () => void
}) {
  const { say, format, language } = useLanguage()
  const { minutes, choose } = useWindow()
  const [problem, setProblem] = useState<Told>()
  const setRate = async (rate: number) => {
    const answer = await send('PUT', urlOf(release.id, 'sampling'), { perSecond: rate })
    setProblem(answer.ok ? undefined : answer.problem)
  }
  const rates = [...new Set([...RATES, perSecond])].sort((a, b) => a - b)
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button onClick={onPause}>
        <Icon name={paused ? 'play' : 'pause'} /> {paused ? say.proof.resume : say.proof.pause}
      </Button>
      <Choice
        label={say.proof.rate}
        value={perSecond}
        disabled={off !== undefined}
        options={rates}
        text={rate => say.proof.rateValue(format.number(rate))}
        onChange={rate => void setRate(rate)}
      />
      <Choice
        label={say.proof.window}
        value={minutes}
        options={WINDOWS}
        text={say.proof.minutes}
        onChange={choose}
      />
      <Button kind="quiet" aria-pressed={table} onClick={onTable}>
        {table ? say.proof.asChart : say.proof.asTable}
      </Button>
      {problem && (
        <p role="alert" className="basis-full text-bad">
          {problemText(problem, language)}
        </p>
      )}
    </div>
  )
}

function Choice({
  label,
  value,
  options,
  text,
  disabled = false,
  onChange,
}: {
  label: string
  value: number
  options: readonly number[]
  text: (value: number) => string
  disabled?: boolean
  onChange: (value: number) => void
}) {
  return (
    <label className={buttonClass()}>
      <span className="text-ink-soft">{label}</span>
      <select
        className="bg-transparent"
        value={value}
        disabled={disabled}
        onChange={event => onChange(Number(event.currentTarget.value))}
      >
        {options.map(option => (
          <option key={option} value={option} className="bg-sheet">
            {text(option)}
          </option>
        ))}
      </select>
    </label>
  )
}
