import type { Version } from '@/lib/domain/model/release'

/** What tells versions apart. */
export type WordKind = 'pod' | 'image' | 'deployment'

const TOKEN = /[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?/g

/** The whole words of a text: as long as letters, digits, `.`, `_` and `-` go on. */
export const tokensOf = (text: string): ReadonlySet<string> => new Set(text.match(TOKEN))

/** Words that name a role or a moment, not a version. */
const VAGUE: ReadonlySet<string> = new Set(['latest', 'stable', 'canary', 'main', 'test', 'prod'])

/** Tag and digest of an image reference; an image without either has none. */
function imageWords(image: string): string[] {
  const [name = '', digest = ''] = image.split('@')
  const tag = /:([\w][\w.-]*)$/.exec(name.slice(name.lastIndexOf('/') + 1))?.[1]
  return [tag ?? '', digest.slice(digest.indexOf(':') + 1)]
}

/** The words of one kind that a version could answer with. */
export function wordsOf({ deployments, pods = [] }: Version, kind: WordKind): ReadonlySet<string> {
  const words = {
    pod: () => pods.map(pod => pod.name),
    image: () => [...deployments, ...pods].flatMap(each => imageWords(each.image)),
    deployment: () => deployments.map(each => each.name),
  }[kind]()
  return new Set(words.filter(word => word !== '' && !VAGUE.has(word)))
}

const POD_ENDING = /^(.+)-[bcdf-hj-np-tv-xz2456789]{6,10}-[bcdf-hj-np-tv-xz2456789]{5}$/

/**
 * The Deployment a pod's name says it belongs to; null where it is no such name.
 * Source: Kubernetes, util/rand.SafeEncodeString: letters and digits without vowels, 0, 1 and 3.
 */
export const deploymentOfPod = (name: string): string | null => POD_ENDING.exec(name)?.[1] ?? null
