import { createContext, Script } from 'node:vm'
import { isTooLarge } from '@/lib/domain/pattern-shape'
import { javaScriptOf } from './pcre'

const PATIENCE_MS = 250
const MOST_TRIES = 5
const script = new Script('new RegExp(pattern, flags).exec(text)?.slice() ?? null')
const room = createContext({ pattern: '', flags: '', text: '' })

/** One try. Its limit is in wall time: "starved" means that the machine has used it up, not the search. */
function searchOnce(): readonly string[] | null | 'broken' | 'starved' {
  const startedMs = performance.now()
  const before = process.cpuUsage()
  try {
    const found: unknown = script.runInContext(room, { timeout: PATIENCE_MS })
    return found === null ? null : Array.from(Object(found), String)
  } catch {
    const isLate = performance.now() - startedMs >= PATIENCE_MS
    return isLate && process.cpuUsage(before).user < (PATIENCE_MS * 1000) / 2 ? 'starved' : 'broken'
  }
}

/**
 * Searches with a pattern somebody wrote into the cluster: the groups found, null without a match, "broken" where it
 * does not compile or takes too long, which PCRE reports as an error as well.
 * Limits: 250 ms a search; PCRE is translated to JavaScript as far as that goes.
 */
export function search(pattern: string, text: string): readonly string[] | null | 'broken' {
  const source = isTooLarge(pattern) ? null : javaScriptOf(pattern)
  if (source === null) return 'broken'
  Object.assign(room, { pattern: source, flags: '', text })
  for (let tries = 1; tries < MOST_TRIES; tries++) {
    const found = searchOnce()
    if (found !== 'starved') return found
  }
  return 'broken'
}

/** Does the search match; "broken" where it cannot tell. */
export function matches(pattern: string, text: string): boolean | 'broken' {
  const found = search(pattern, text)
  return found === 'broken' ? found : found !== null
}
