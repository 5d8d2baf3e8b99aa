/**
 * A native range input whose thumb's centre lies on the axis of the bar above it, with a scale below.
 * `says` is what a screen reader hears for the value; `figure` writes one of the scale, every other one on a phone.
 */
export function Slider({
  value,
  max,
  label,
  says,
  figure,
  disabled = false,
  onChange,
}: {
  value: number
  max: number
  label: string
  says: string
  figure: (value: number) => string
  disabled?: boolean
  onChange: (value: number) => void
}) {
  const ticks = Array.from({ length: 11 }, (_, index) => Math.round((max / 10) * index))
  return (
    <div>
      <input
        type="range"
        className="range"
        min={0}
        max={max}
        value={value}
        disabled={disabled}
        aria-label={label}
        aria-valuetext={says}
        onChange={event => onChange(event.currentTarget.valueAsNumber)}
      />
      <div className="flex h-4 justify-between text-xs text-ink-soft" aria-hidden="true">
        {ticks.map((tick, index) => (
          <span
            key={tick}
            className={`flex w-0 whitespace-nowrap ${index % 2 === 1 ? 'max-md:hidden' : ''} ${index === 0 ? '' : index === 10 ? 'justify-end' : 'justify-center'}`}
          >
            {figure(tick)}
          </span>
        ))}
      </div>
    </div>
  )
}
