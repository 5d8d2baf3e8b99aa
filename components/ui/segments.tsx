/** A row of choices of which at most one is pressed. */
export function Segments<T extends string | number>({
  options,
  value,
  label,
  disabled = false,
  onChange,
}: {
  options: readonly { value: T; text: string }[]
  value: T | null
  label: string
  disabled?: boolean
  onChange: (value: T) => void
}) {
  return (
    <fieldset className="m-0 inline-flex h-(--ctl) min-w-0 overflow-hidden rounded-md border border-line-strong p-0 max-md:w-full">
      <legend className="sr-only">{label}</legend>
      {options.map((option, index) => (
        <button
          key={option.value}
          type="button"
          disabled={disabled}
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={`min-w-9 px-2.5 -outline-offset-2 hover:bg-sunk disabled:cursor-not-allowed disabled:text-ink-soft aria-pressed:bg-spot-wash aria-pressed:font-semibold aria-pressed:text-spot aria-pressed:shadow-[inset_0_-2px_0_var(--color-spot)] max-md:min-w-0 max-md:flex-1 max-md:px-0 ${index > 0 ? 'border-l border-line' : ''}`}
        >
          {option.text}
        </button>
      ))}
    </fieldset>
  )
}
