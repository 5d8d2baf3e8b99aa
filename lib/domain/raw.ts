type Fields = Readonly<Record<string, unknown>>

const NOTHING: Fields = {}
const NONE: readonly unknown[] = []

const isFields = (raw: unknown): raw is Fields =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw)

/** The fields of something that should be an object; no fields where it is none. */
export const fieldsOf = (raw: unknown): Fields => (isFields(raw) ? raw : NOTHING)

/** The items of something that should be a list; no items where it is none. */
export const itemsOf = (raw: unknown): readonly unknown[] => (Array.isArray(raw) ? raw : NONE)

/** The text of something that should be a string; empty where it is none. */
export const textOf = (raw: unknown): string => (typeof raw === 'string' ? raw : '')

/** The number of something that should be a whole number; `otherwise` where it is none. */
export const wholeOf = (raw: unknown, otherwise = 0): number =>
  typeof raw === 'number' && Number.isSafeInteger(raw) ? raw : otherwise

/** Keeps one copy of equal texts, so that 10,000 pods do not hold 10,000 copies of one image name. */
export type Share = (text: string) => string

/** Labels, selectors and the like: only entries whose value is text. */
export function textsOf(raw: unknown, share: Share = text => text): Readonly<Record<string, string>> {
  const fields = fieldsOf(raw)
  const texts: Record<string, string> = {}
  for (const key of Object.keys(fields)) {
    const value = fields[key]
    if (typeof value === 'string' && key !== '__proto__') texts[key] = share(value)
  }
  return texts
}
