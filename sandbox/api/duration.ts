const UNITS = { s: 1, m: 60, h: 3600, d: 86_400, y: 31_536_000 }

const both = (seconds: number, big: keyof typeof UNITS, small: keyof typeof UNITS): string => {
  const rest = Math.floor((seconds % UNITS[big]) / UNITS[small])
  return `${Math.floor(seconds / UNITS[big])}${big}${rest > 0 ? `${rest}${small}` : ''}`
}

/** An age as kubectl shows it: `5s`, `3m12s`, `47h`, `12d`. Source: apimachinery/pkg/util/duration HumanDuration. */
export function humanDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  if (seconds < -1) return '<invalid>'
  if (seconds < 120) return `${Math.max(0, seconds)}s`
  if (seconds < 10 * UNITS.m) return both(seconds, 'm', 's')
  if (seconds < 3 * UNITS.h) return `${Math.floor(seconds / UNITS.m)}m`
  if (seconds < 8 * UNITS.h) return both(seconds, 'h', 'm')
  if (seconds < 2 * UNITS.d) return `${Math.floor(seconds / UNITS.h)}h`
  if (seconds < 8 * UNITS.d) return both(seconds, 'd', 'h')
  if (seconds < 2 * UNITS.y) return `${Math.floor(seconds / UNITS.d)}d`
  return seconds < 8 * UNITS.y ? both(seconds, 'y', 'd') : `${Math.floor(seconds / UNITS.y)}y`
}
