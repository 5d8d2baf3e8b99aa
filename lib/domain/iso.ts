const two = (value: number): string => String(value).padStart(2, '0')
const DAY_S = 86_400

/**
 * An epoch time in ISO 8601, whole seconds, UTC, as Kubernetes writes it.
 *
 * Units: milliseconds since 1970, years 1 to 9999. Source: H. Hinnant, chrono-compatible low-level date algorithms.
 */
export function isoOf(epochMs: number): string {
  const seconds = Math.floor(epochMs / 1000)
  const days = Math.floor(seconds / DAY_S) + 719_468
  const era = Math.floor(days / 146_097)
  const ofEra = days - era * 146_097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * ofYear + 2) / 153)
  const day = ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  const clock = seconds - Math.floor(seconds / DAY_S) * DAY_S
  const time = [Math.floor(clock / 3600), Math.floor((clock % 3600) / 60), clock % 60].map(two).join(':')
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${time}Z`
}
