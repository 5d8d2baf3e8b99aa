import 'server-only'
import type { ReleaseId } from '@/lib/domain/model/release'
import { fail, ok, type Result } from '@/lib/domain/problem'
import { parseReleaseId } from '@/lib/server/identity'

/** Topics that are asked for as a whole. */
const WIDE: ReadonlySet<string> = new Set(['cluster', 'board', 'routes', 'half-started', 'operation'])
/** A page needs two or three. */
const MOST = 20

/**
 * Reads the topics of a stream: `cluster`, `board`, `routes`, `half-started`, `operation`, `release/{cluster}/{namespace}/{name}`, `samples/…`; each counts once.
 * Errors: `invalid-input` with the field `topic`.
 */
export function parseTopics(
  texts: readonly string[],
  hasCluster: (cluster: string) => boolean,
): Result<string[]> {
  const topics = [...new Set(texts)]
  if (topics.length === 0 || topics.length > MOST) {
    return fail('invalid-input', `Name 1 to ${MOST} topics`, { field: 'topic' })
  }
  const odd = topics.find(topic => !isTopic(topic, hasCluster))
  if (odd === undefined) return ok(topics)
  const title =
    'A topic is cluster, board, routes, half-started, operation, release/{cluster}/{namespace}/{name} or samples/{cluster}/{namespace}/{name}, of a known cluster'
  return fail('invalid-input', title, { field: 'topic', params: { topic: odd.slice(0, 80) } })
}

function isTopic(topic: string, hasCluster: (cluster: string) => boolean): boolean {
  if (WIDE.has(topic)) return true
  const [kind, cluster = '', namespace = '', name = '', ...rest] = topic.split('/')
  if (rest.length || (kind !== 'release' && kind !== 'samples')) return false
  return parseReleaseId({ cluster, namespace, name }).ok && hasCluster(cluster)
}

/** The release whose samples a topic is about; null for any other topic. */
export function sampledIn(topic: string): ReleaseId | null {
  const [kind, cluster = '', namespace = '', name = ''] = topic.split('/')
  return kind === 'samples' ? { cluster, namespace, name } : null
}
