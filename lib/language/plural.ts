const rules = new Intl.PluralRules('en')

/** "1 release", "12 releases": the figure as given, the noun in its number. English only; Chinese has one form. */
export const plural = (count: number, one: string, many: string, figure = String(count)): string =>
  `${figure} ${rules.select(count) === 'one' ? one : many}`
