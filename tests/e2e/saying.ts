/** Stands for a time, a number or a name in a text that is looked for. */
export const ANY = '\u0000'

/** Finds a text of the catalogue whatever stands where it says ANY. */
export const saying = (text: string): RegExp =>
  new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(ANY, '.+'))
