import type { Language } from '@/lib/language/language'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const UNITS = {
  en: { second: ' s', minute: ' min', hour: ' h', day: ' d' },
  'zh-CN': { second: ' 秒', minute: ' 分钟', hour: ' 小时', day: ' 天' },
} as const

/** Figures and times as one language writes them. */
export type Format = {
  number: (value: number) => string
  /** One decimal, also where it is 0: figures that stand under each other. */
  tenths: (value: number) => string
  /** `share` is a fraction 0…1; one decimal unless asked otherwise. */
  percent: (share: number, decimals?: number) => string
  /** How long something took or lasts. Units: milliseconds in, one unit out. */
  duration: (ms: number) => string
  ago: (ageMs: number) => string
  /** Date and time of day in the reader's zone. */
  exact: (iso: string) => string
  clock: (iso: string) => string
  list: (words: readonly string[]) => string
  /** Clauses of one line. */
  comma: (clauses: readonly string[]) => string
}

/** Makes the formats of a language once; they are shared by all who read it. */
export function formatOf(language: Language): Format {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 3 })
  const percents = [0, 1, 2].map(digits => new Intl.NumberFormat(language, { maximumFractionDigits: digits }))
  const tenths = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const lists = new Intl.ListFormat(language, { type: 'conjunction' })
  // Swedish writes dates as 2026-11-18 14:30:11, which both languages read without doubt.
  const day = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' })
  const time = new Intl.DateTimeFormat('sv-SE', { timeStyle: 'medium' })
  const units = UNITS[language]

  const duration = (ms: number) => {
    const unit = (size: number, name: string) => {
      const count = Math.floor(ms / size)
      return `${count < 1000 ? count : whole.format(count)}${name}`
    }
    if (ms < MINUTE) return unit(SECOND, units.second)
    if (ms < HOUR) return unit(MINUTE, units.minute)
    if (ms < DAY) return unit(HOUR, units.hour)
    return unit(DAY, units.day)
  }
  return {
    number: value => whole.format(value),
    tenths: value => tenths.format(value),
    percent: (share, decimals = 1) =>
      `${(percents[decimals] ?? whole).format(share * 100)}${language === 'en' ? '\u202f%' : '%'}`,
    duration: ms => duration(Math.max(0, ms)),
    ago: ageMs => {
      if (ageMs < 2 * SECOND) return language === 'en' ? 'just now' : '刚刚'
      return language === 'en' ? `${duration(ageMs)} ago` : `${duration(ageMs)}前`
    },
    exact: iso => day.format(new Date(iso)),
    clock: iso => time.format(new Date(iso)),
    // Names are in Latin letters: between them a Chinese word stands apart.
    list: words =>
      lists
        .formatToParts(words)
        .map(({ type, value }) => (type === 'literal' ? value.replace('和', ' 和 ') : value))
        .join(''),
    comma: clauses => clauses.join(language === 'en' ? ', ' : '，'),
  }
}
