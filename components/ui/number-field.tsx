'use client'
import { useId, useState } from 'react'
import { fieldClass } from '@/components/ui/field'

/**
 * A whole number typed by hand. While it is being typed the text may be anything; `onChange` hears only whole numbers
 * from `min` to `max`, and leaving the field shows the value again.
 */
export function NumberField({
  value,
  min = 0,
  max,
  label,
  wrongText,
  disabled = false,
  onChange,
}: {
  value: number
  min?: number
  max: number
  label: string
  /** What is said beside it of a text that is no such number. */
  wrongText: string
  disabled?: boolean
  onChange: (value: number) => void
}) {
  const [typed, setTyped] = useState<string>()
  const readable = (text: string) =>
    /^\d{1,6}$/.test(text.trim()) && Number(text) >= min && Number(text) <= max
  const wrong = typed !== undefined && typed.trim() !== '' && !readable(typed)
  const id = useId()
  return (
    <>
      <input
        inputMode="numeric"
        autoComplete="off"
        className={`${fieldClass(wrong)} w-16 px-1! text-center text-lg font-semibold`}
        value={typed ?? String(value)}
        aria-label={label}
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? id : undefined}
        disabled={disabled}
        onChange={event => {
          const text = event.currentTarget.value
          setTyped(text)
          if (readable(text)) onChange(Number(text))
        }}
        onKeyDown={event => event.key === 'Escape' && setTyped(undefined)}
        onBlur={() => setTyped(undefined)}
      />
      {wrong && (
        <span id={id} role="alert" className="text-sm text-bad">
          {wrongText}
        </span>
      )}
    </>
  )
}
