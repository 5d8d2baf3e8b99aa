import type { EnvEntry } from '@/lib/domain/model/start'

/**
 * One variable in the fields. `from` is the stable version's own entry, null for a new one; `value` is null where it comes from a
 * Secret or the like and can only be kept or left out; `isGone`: the new version does without it.
 */
export type EnvRow = {
  id: number
  name: string
  value: string | null
  from: EnvEntry | null
  isGone: boolean
}

/** The variables of the stable version, to be changed. */
export const rowsOf = (env: readonly EnvEntry[]): EnvRow[] =>
  env.map((entry, id) => ({ id, name: entry.name, value: entry.value, from: entry, isGone: false }))

/** The rows with one more, empty. */
export const withRow = (rows: readonly EnvRow[]): EnvRow[] => [
  ...rows,
  { id: 1 + Math.max(-1, ...rows.map(row => row.id)), name: '', value: '', from: null, isGone: false },
]

/** The rows without one: a variable of stable is left out, and stays in sight; a new one goes. */
export const withoutRow = (rows: readonly EnvRow[], { id, from }: EnvRow): EnvRow[] =>
  from ? rows.map(row => (row.id === id ? { ...row, isGone: true } : row)) : rows.filter(row => row.id !== id)

/** Does a row say something else than the stable version has? A new row without a name says nothing yet. */
export const isChanged = ({ name, value, from, isGone }: EnvRow): boolean =>
  from === null ? name.trim() !== '' : isGone || value !== from.value

/** Whether a name is in another row as well: then one of them would be lost. */
export const isTwice = (rows: readonly EnvRow[], { id, name }: EnvRow): boolean =>
  name.trim() !== '' && rows.some(row => row.id !== id && row.name.trim() === name.trim())

/** What the new version's variables differ in; null takes one away. */
export const envOf = (rows: readonly EnvRow[]): Record<string, string | null> =>
  Object.fromEntries(rows.filter(isChanged).map(row => [row.name.trim(), row.isGone ? null : row.value]))
