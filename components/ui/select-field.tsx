import { type ComponentProps, useId } from 'react'
import { fieldClass } from '@/components/ui/field'

/** A choice of names, as the cluster writes them, with its own name above. */
export function SelectField({
  label,
  options,
  problem,
  className = '',
  ...rest
}: Omit<ComponentProps<'select'>, 'id'> & {
  label: string
  options: readonly string[]
  problem?: string | undefined
}) {
  const id = useId()
  return (
    <span className={`inline-grid min-w-0 gap-1 ${className}`}>
      <label htmlFor={id} className="text-sm text-ink-soft">
        {label}
      </label>
      <select
        {...rest}
        id={id}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        className={`${fieldClass(problem !== undefined)} w-full truncate font-mono text-sm [&>option]:bg-sheet`}
      >
        {options.map(option => (
          <option key={option}>{option}</option>
        ))}
      </select>
      {problem && (
        <span id={`${id}-problem`} role="alert" className="text-sm text-bad">
          {problem}
        </span>
      )}
    </span>
  )
}
