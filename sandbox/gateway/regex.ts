import { createContext, Script } from 'node:vm'

const PATIENCE_MS = 50
const script = new Script('new RegExp(pattern, flags).exec(text)?.slice() ?? null')
const room = createContext({ pattern: '', flags: '', text: '' })

/**
 * Searches with a pattern somebody wrote into the cluster: the groups found, null without a match, "broken" where it
 * does not compile or takes too long, which PCRE reports as an error as well.
 * Limits: 50 ms a search; PCRE is approximated by JavaScript with a leading (?i).
 */
export function search(pattern: string, text: string): readonly string[] | null | 'broken' {
  const inline = /^\(\?i\)/.exec(pattern)
  Object.assign(room, { pattern: pattern.slice(inline?.[0].length ?? 0), flags: inline ? 'i' : '', text })
  try {
    const found: unknown = script.runInContext(room, { timeout: PATIENCE_MS })
    return found === null ? null : Array.from(Object(found), String)
  } catch {
    return 'broken'
  }
}

/** Does the search match; "broken" where it cannot tell. */
export function matches(pattern: string, text: string): boolean | 'broken' {
  const found = search(pattern, text)
  return found === 'broken' ? found : found !== null
}
