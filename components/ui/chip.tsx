/** A filter with the number of things it would show. */
export function Chip({
  text,
  count,
  pressed,
  onPress,
}: {
  text: string
  count: string
  pressed: boolean
  onPress: () => void
}) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onPress}
      className={`inline-flex h-7 flex-none items-center gap-1.5 rounded-full! border px-2.5 text-sm whitespace-nowrap max-md:h-9 max-md:px-3 ${
        pressed ? 'border-ink bg-ink text-paper' : 'border-line-strong hover:bg-sunk'
      }`}
    >
      {text} <b className={pressed ? '' : 'text-ink-soft'}>{count}</b>
    </button>
  )
}
