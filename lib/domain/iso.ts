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

const ISO = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?Z$/

/**
 * The epoch time of what Kubernetes writes as a time; 0 where it is none.
 *
 * Units: milliseconds since 1970, whole seconds. Source: H. Hinnant, as isoOf.
 */
export function epochMsOf(iso: string): number {
  const match = ISO.exec(iso)
  if (!match) return 0
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number)
  const marchYear = month <= 2 ? year - 1 : year
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const ofEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + ofYear
  const days = era * 146_097 + ofEra - 719_468
  return (days * DAY_S + hour * 3600 + minute * 60 + second) * 1000
}
