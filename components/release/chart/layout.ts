/** Room for the share's axis at the left of the plot. Units: pixels. */
export const LEFT = 32
/** Room for the words at the right end of the plot; on a narrow screen there is none. */
export const LABELS = 122
/** Room for half a time at the right end of a narrow plot, whose words stand above it. */
export const NARROW_RIGHT = 20
/** Below this width a chart is narrow. */
export const NARROW = 560

/** A lane's plot: room above it, its own height, room below it for half a figure or the time axis. */
export const plotOf = (first: boolean, last: boolean) => ({
  top: first ? 42 : 22,
  height: first ? 190 : 26,
  bottom: last ? 24 : 8,
})
