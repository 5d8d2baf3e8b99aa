const PITCH = 15
const IN_ROW = 7
const MOST = 14

const ring = (x: number, y: number) => `M${x + 0.75} ${y + 5.5}a4.75 4.75 0 1 0 9.5 0a4.75 4.75 0 1 0-9.5 0`
const disc = (x: number, y: number) => `M${x} ${y + 5.5}a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0`
const slash = (x: number, y: number) => `M${x + 1} ${y + 10}l9-9`

/** Pods of one version as rings or dots, struck through where not ready; at most 14, the rest as a number. */
export function PodDots({ kind, ready, all }: { kind: 'stable' | 'canary'; ready: number; all: number }) {
  const shown = Math.min(all, MOST)
  const places = Array.from({ length: shown }, (_, index) => ({
    x: (index % IN_ROW) * PITCH,
    y: Math.floor(index / IN_ROW) * PITCH,
  }))
  // Where not all fit, the ones that are not ready are the ones to show.
  const sound = Math.min(shown, Math.max(ready - (all - shown), 0))
  const width = Math.min(shown, IN_ROW) * PITCH - 4
  const height = Math.ceil(shown / IN_ROW) * PITCH - 4
  const draw = (shape: (x: number, y: number) => string, from = 0) =>
    places
      .slice(from)
      .map(({ x, y }) => shape(x, y))
      .join('')
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg
        className="drawing"
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        aria-hidden="true"
      >
        {kind === 'stable' ? (
          <path className="dot-ring" d={draw(ring)} strokeWidth={1.5} />
        ) : (
          <path className="dot-disc" d={draw(disc)} />
        )}
        <path
          d={draw(slash, sound)}
          stroke={kind === 'stable' ? 'var(--color-ink)' : 'var(--color-paper)'}
          strokeWidth={kind === 'stable' ? 1.5 : 2.2}
        />
      </svg>
      {all > shown && <span className="text-xs text-ink-soft">+{all - shown}</span>}
    </span>
  )
}
