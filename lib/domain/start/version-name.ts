type Labels = Readonly<Record<string, string>>

/** Labels whose whole value is the version. */
const VERSION_KEYS: readonly string[] = ['version', 'app.kubernetes.io/version', 'track']
const VERSION_WORD = /(?:^|-)v\d+$/
const NUMBER = /-v(\d{1,9})$/

/** Does this label tell versions apart: by its key, or because its value ends in `v1`, `v2` … */
export const namesVersion = (key: string, value: string): boolean =>
  VERSION_KEYS.includes(key) || VERSION_WORD.test(value)

/** The word by which a Deployment's name tells its version where it is not a `v1`: `blue` of `user-blue` with `version: blue`. */
export function versionWordOf(deployment: string, templateLabels: Labels): string | null {
  const words = VERSION_KEYS.map(key => templateLabels[key] ?? '')
  return words.find(word => word !== '' && deployment.endsWith(`-${word}`)) ?? null
}

/** What goes before the version in a name or a label's value; "" where the whole of it is the version. */
function baseOf(text: string, word: string | null): string {
  if (word !== null && (text === word || text.endsWith(`-${word}`))) return text.slice(0, -word.length - 1)
  return text.replace(VERSION_WORD, '')
}

/** A name of the new version: `user-v1` and `user` become `user-v2`. `word` is the old version's, where it is not a `v1`. */
export function renamed(text: string, suffix: string, word: string | null): string {
  const base = baseOf(text, word)
  return base === '' ? suffix : `${base}-${suffix}`
}

/** The suffix by which `renamed` makes this name of the stable one; null where none does. */
export function suffixBetween(stable: string, name: string, word: string | null): string | null {
  const base = baseOf(stable, word)
  const suffix = name.slice(base === '' ? 0 : base.length + 1)
  return suffix !== '' && renamed(stable, suffix, word) === name ? suffix : null
}

/** The new version's value of a label that selects: a label that is nothing but the version becomes the suffix itself. */
export const relabelled = (
  key: string,
  value: string,
  to: { suffix: string; word: string | null },
): string => (VERSION_KEYS.includes(key) ? to.suffix : renamed(value, to.suffix, to.word))

/** Suffixes that may follow on this name: `v2`, `v3` … beginning after its own number, and not below `least`. */
export function* suffixesAfter(name: string, least: number): Generator<string> {
  const present = Number(NUMBER.exec(name)?.[1] ?? 1)
  for (let number = Math.max(2, least, present + 1); ; number++) yield `v${number}`
}
