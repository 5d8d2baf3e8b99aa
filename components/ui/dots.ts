/** stable ring · canary dot · draft up (ring with a small dot) · draft down (dot with a hole) · unknown square · error cross. */
export type DotKind = 'stable' | 'canary' | 'up' | 'down' | 'unknown' | 'error'

export type Dot = { x: number; y: number; kind: DotKind }

/** One drawn path: all dots of one kind. `stroke` is its width, absent where it is filled. */
export type DotPath = { className: string; d: string; stroke?: number }

const short = (value: number) => Math.round(value * 100) / 100

const disc = (x: number, y: number, r: number) =>
  `M${short(x - r)} ${short(y)}a${short(r)} ${short(r)} 0 1 0 ${short(2 * r)} 0a${short(r)} ${short(r)} 0 1 0 ${short(-2 * r)} 0`
const square = (x: number, y: number, r: number) =>
  `M${short(x - r)} ${short(y - r)}h${short(2 * r)}v${short(2 * r)}h${short(-2 * r)}z`
const cross = (x: number, y: number, r: number) =>
  `M${short(x - r)} ${short(y - r)}l${short(2 * r)} ${short(2 * r)}m0 ${short(-2 * r)}l${short(-2 * r)} ${short(2 * r)}`

/**
 * Draws dots as one path per kind, however many dots there are.
 *
 * Units: pixels; `pitch` is the distance of two dots, from which every radius and stroke follows.
 */
export function dotPaths(dots: readonly Dot[], pitch: number): DotPath[] {
  const stroke = short(Math.max(0.9, Math.min(1.5, pitch * 0.11)))
  const drawn = { ring: '', disc: '', small: '', hole: '', square: '', cross: '' }
  for (const { x, y, kind } of dots) {
    if (kind === 'stable' || kind === 'up') drawn.ring += disc(x, y, pitch * 0.36 - stroke / 4)
    if (kind === 'canary' || kind === 'down') drawn.disc += disc(x, y, pitch * 0.41)
    if (kind === 'up') drawn.small += disc(x, y, pitch * 0.2)
    if (kind === 'down') drawn.hole += disc(x, y, pitch * 0.15)
    if (kind === 'unknown') drawn.square += square(x, y, pitch * 0.3)
    if (kind === 'error') drawn.cross += cross(x, y, pitch * 0.32)
  }
  const paths: DotPath[] = [
    { className: 'dot-ring', d: drawn.ring, stroke },
    { className: 'dot-disc', d: drawn.disc },
    { className: 'dot-disc', d: drawn.small },
    { className: 'dot-hole', d: drawn.hole },
    { className: 'dot-square', d: drawn.square, stroke },
    { className: 'dot-cross', d: drawn.cross, stroke: short(stroke * 1.5) },
  ]
  return paths.filter(path => path.d !== '')
}

/**
 * How many of `cells` dots are the canary's at a weight. Any weight above 0 lights at least one dot, any weight below
 * the total leaves at least one ring.
 */
export function litCells(weight: number, total: number, cells: number): number {
  if (weight <= 0) return 0
  if (weight >= total) return cells
  return Math.max(1, Math.min(cells - 1, Math.round((weight / total) * cells)))
}
