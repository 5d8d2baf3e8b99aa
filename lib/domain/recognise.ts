import type { Version } from '@/lib/domain/model/release'
import type { VersionFrom } from '@/lib/domain/sampling-setting'
import { deploymentOfPod, tokensOf, type WordKind, wordsOf } from '@/lib/domain/version-word'

/** An answer as far as its version can be read from it. Header names are lower case. */
export type Answer = { headers: Readonly<Record<string, string>>; body: string }

/**
 * Picks a text out by the user's pattern: its first group, else the whole match; null without a match.
 * It comes in from outside, because the domain runs no pattern of a user.
 */
export type Find = (pattern: string, text: string) => string | null

/** What tells two versions apart. `said` is what the probe itself said: an echo of it proves nothing. */
export type Signs = {
  stable: Version
  canary: Version
  versionFrom: VersionFrom | null
  said: readonly string[]
}

/** Which version an answer came from, its pod if it named one, and the words that were found. */
export type Recognised = { version: 'stable' | 'canary' | 'unknown'; words: string[]; pod?: string }

type Side = 'stable' | 'canary'
type Words = Readonly<Record<Side, ReadonlySet<string>>>

/** The words of two versions, most telling kind first, sorted out once and used for every answer. */
export type Lexicon = {
  kinds: readonly { kind: WordKind; words: Words }[]
  versionFrom: VersionFrom | null
  said: ReadonlySet<string>
}

const KINDS: readonly WordKind[] = ['pod', 'image', 'deployment']
const SHORTEST = 4

const minus = (own: ReadonlySet<string>, other: ReadonlySet<string>) =>
  new Set([...own].filter(word => !other.has(word)))

/** Sorts out the words that name one version only: what both could say tells nothing. */
export function lexiconOf({ stable, canary, versionFrom, said }: Signs): Lexicon {
  const kinds = KINDS.map(kind => {
    const [ours, theirs] = [wordsOf(stable, kind), wordsOf(canary, kind)]
    return { kind, words: { stable: minus(ours, theirs), canary: minus(theirs, ours) } }
  })
  return { kinds, versionFrom, said: new Set(said.flatMap(text => [...tokensOf(text)])) }
}

/** Do the versions run images that differ in tag or digest, or does the release say where to look; else both may answer alike. */
export const canTellApart = ({ kinds, versionFrom }: Lexicon): boolean =>
  versionFrom !== null ||
  kinds.some(({ kind, words }) => kind === 'image' && words.stable.size > 0 && words.canary.size > 0)

/**
 * Tells which version answered: by the release's own setting, else by pod, by image tag or digest, by Deployment, in this order.
 * The first kind that finds words of exactly one version decides; words of both make it unknown.
 * Limits: words below four characters count only in headers, and where the setting points.
 */
export function recognise(answer: Answer, lexicon: Lexicon, find: Find): Recognised {
  const pointed = pointedAt(answer, lexicon.versionFrom, find)
  const chosen = pointed === null ? null : decide(tokensOf(pointed), lexicon)
  return chosen ?? decide(tokensIn(answer, lexicon.said), lexicon) ?? { version: 'unknown', words: [] }
}

function pointedAt({ headers, body }: Answer, from: VersionFrom | null, find: Find): string | null {
  if (!from) return null
  return 'header' in from ? (headers[from.header.toLowerCase()] ?? null) : find(from.body, body)
}

function tokensIn({ headers, body }: Answer, said: ReadonlySet<string>): ReadonlySet<string> {
  const tokens = new Set([...tokensOf(body)].filter(token => token.length >= SHORTEST))
  for (const value of Object.values(headers)) for (const token of tokensOf(value)) tokens.add(token)
  return minus(tokens, said)
}

function decide(tokens: ReadonlySet<string>, { kinds }: Lexicon): Recognised | null {
  const deployments = kinds.find(({ kind }) => kind === 'deployment')?.words
  for (const { kind, words } of kinds) {
    const namedBy = (side: Side) =>
      [...tokens].flatMap(token => {
        const word = kind === 'pod' && !words[side].has(token) ? token.replace(/\..*/s, '') : token
        const owner = kind === 'pod' ? deploymentOfPod(word) : null
        const isNew = owner !== null && deployments?.[side].has(owner)
        return words[side].has(word) || isNew ? [word] : []
      })
    const [stable, canary] = [namedBy('stable'), namedBy('canary')]
    const found = [...stable, ...canary]
    if (found.length === 0) continue
    if (stable.length > 0 && canary.length > 0) return { version: 'unknown', words: found }
    const version = stable.length > 0 ? 'stable' : 'canary'
    const [pod] = found
    return { version, words: found, ...(kind === 'pod' && pod !== undefined && { pod }) }
  }
  return null
}
