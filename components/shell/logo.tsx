const RADII = [1, 1.6, 2.2, 2.8]
const ROWS = [3, 9, 15]

/** The halftone step wedge: from ring-sized to dot-sized, ink to spot. */
export function Logo() {
  return (
    <svg viewBox="0 0 24 18" width="24" height="18" aria-hidden="true" className="forced-color-adjust-none">
      {RADII.flatMap((radius, column) =>
        ROWS.map(y => (
          <circle
            key={`${radius}-${y}`}
            cx={3 + column * 6}
            cy={y}
            r={radius}
            fill={column > 1 ? 'var(--color-spot)' : 'currentColor'}
          />
        )),
      )}
    </svg>
  )
}
