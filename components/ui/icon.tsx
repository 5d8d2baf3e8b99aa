const SHAPES = {
  search: (
    <>
      <circle cx="7" cy="7" r="4.5" />
      <path d="m10.5 10.5 3.5 3.5" />
    </>
  ),
  back: <path d="M6.5 3 3 6.5 6.5 10M3.5 6.5H9a3.75 3.75 0 0 1 0 7.5H6" />,
  warn: <path d="M8 2.2 14.6 13.6H1.4zM8 6.4v3.4M8 11.3v.6" />,
  error: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 7.4v3.6M8 4.9v.7" />
    </>
  ),
  check: <path d="m3 8.5 3.2 3.2L13 4.8" />,
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1" />
      <path d="M3.5 10.5h-1v-8h8v1" />
    </>
  ),
  down: <path d="m4 6 4 4 4-4" />,
  right: <path d="m6 4 4 4-4 4" />,
  pause: <path d="M5.5 3.5v9M10.5 3.5v9" />,
  plus: <path d="M8 3v10M3 8h10" />,
  minus: <path d="M3 8h10" />,
  theme: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 2.5v11a5.5 5.5 0 0 0 0-11" fill="currentColor" />
    </>
  ),
  more: <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2.4" />,
  x: <path d="m4 4 8 8m0-8-8 8" />,
  play: <path d="M5.5 3.5 12 8l-6.5 4.5z" />,
}

export type IconName = keyof typeof SHAPES

/** A 16 px line icon. It carries no name: the word beside it, or the control's own name, does. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      className="inline-block size-4 flex-none fill-none stroke-current stroke-[1.5] align-[-3px]"
      viewBox="0 0 16 16"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {SHAPES[name]}
    </svg>
  )
}
