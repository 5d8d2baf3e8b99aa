export type GlyphKind = 'stable' | 'canary' | 'unknown' | 'error'

const CLASS: Record<GlyphKind, string> = {
  stable: 'dot-ring',
  canary: 'dot-disc',
  unknown: 'dot-square',
  error: 'dot-cross',
}

const shapeOf = (kind: GlyphKind) => {
  if (kind === 'stable') return <circle cx="5" cy="5" r="4.25" strokeWidth="1.5" opacity="1" />
  if (kind === 'canary') return <circle cx="5" cy="5" r="5" />
  if (kind === 'unknown')
    return <rect x="0.75" y="0.75" width="8.5" height="8.5" rx="0.6" strokeWidth="1.5" />
  return <path d="m1 1 8 8m0-8-8 8" strokeWidth="1.7" />
}

/**
 * The sign of a version or an answer: ring = stable, dot = canary, square = unknown, cross = error.
 * `off` strikes it through: not ready. Without `label` the name stands next to it.
 */
export function Glyph({
  kind,
  off = false,
  size = 10,
  label,
}: {
  kind: GlyphKind
  off?: boolean
  size?: number
  label?: string
}) {
  const stroke = kind === 'canary' ? 'var(--color-paper)' : 'var(--color-ink)'
  return (
    <svg
      className="inline-block flex-none overflow-visible align-[-0.5px] forced-color-adjust-none"
      width={size}
      height={size}
      viewBox="0 0 10 10"
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <g className={CLASS[kind]}>{shapeOf(kind)}</g>
      {off && <path d="M0.6 9.4 9.4 0.6" stroke={stroke} strokeWidth={kind === 'canary' ? 2.2 : 1.5} />}
    </svg>
  )
}
