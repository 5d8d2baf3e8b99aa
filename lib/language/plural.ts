const rules = new Intl.PluralRules('en')
const figures = new Intl.NumberFormat('en')

/** A whole number with its thousands apart, as both languages write it. */
export const grouped = (count: number): string => figures.format(count)

/** "1 release", "1,200 releases": the figure, and the noun in its number. English only; Chinese has one form. */
export const plural = (count: number, one: string, many: string): string =>
  `${grouped(count)} ${rules.select(count) === 'one' ? one : many}`
