import 'server-only'
import { fail } from '@/lib/domain/problem'
import type { Connection } from '@/lib/server/kubernetes/connection'
import { Deadline } from '@/lib/server/kubernetes/deadline'
import { ListSplitter } from '@/lib/server/kubernetes/list-splitter'
import { explainNetwork, type Outcome, refuse } from '@/lib/server/kubernetes/refusal'
import { turns } from '@/lib/server/kubernetes/turn'

/** One page of a list: its objects, projected, and the version of the whole list. */
export type Page<T> = { objects: readonly T[]; version: string }

export type ListOptions<T> = {
  connection: Connection
  path: string
  signal: AbortSignal
  /** Projects one object as the API server sent it; null leaves it out. */
  parse: (raw: unknown) => T | null
  /** Takes one page. False stops the list: it is older than what was seen. */
  take: (page: Page<T>) => boolean
}

const FIRST_LIMIT = 100
const TARGET_MS = 10
const [LEAST, MOST] = [10, 500]
const TIMEOUT_MS = 30_000

/**
 * Reads a whole list page by page, object by object as they arrive, giving way to other work in between.
 *
 * Limits: page sizes adapt so that parsing one stays about 10 ms.
 * Errors: the refusal of any page; status 410 when the list took so long that the cluster forgot its version.
 */
export async function readList<T>(options: ListOptions<T>): Promise<Outcome<{ version: string }>> {
  let limit = FIRST_LIMIT
  let next = ''
  for (;;) {
    const query = new URLSearchParams({ limit: String(limit), ...(next && { continue: next }) })
    const read = await readPage(options, `${options.path}?${query}`)
    if (!read.ok) return read
    const page = read.value
    if (!options.take(page)) return refuse(fail('cluster-unreachable', OLDER).problem)
    if (!page.next) return { ok: true, value: { version: page.version } }
    limit = nextLimit(limit, page.objects.length, page.spentMs)
    next = page.next
  }
}

const OLDER = 'The API server sent a list older than what was already seen'
const NO_JSON = 'The API server sent a list that is no JSON'

/** The page size that would have taken the target time; at most doubled or taken to a quarter at once. */
export function nextLimit(limit: number, count: number, spentMs: number): number {
  if (count < limit / 2) return limit
  const fitting = count * (TARGET_MS / Math.max(spentMs, 0.1))
  return Math.round(Math.min(MOST, limit * 2, Math.max(LEAST, limit / 4, fitting)))
}

type ReadPage<T> = Page<T> & { next: string; spentMs: number }

async function readPage<T>(options: ListOptions<T>, path: string): Promise<Outcome<ReadPage<T>>> {
  const deadline = new Deadline(TIMEOUT_MS, options.signal)
  const objects: T[] = []
  let spentMs = 0
  const splitter = new ListSplitter(text => {
    const object = options.parse(JSON.parse(text))
    if (object !== null) objects.push(object)
  })
  try {
    const { signal } = deadline
    const opened = await options.connection.stream(path, { timeoutMs: TIMEOUT_MS, signal })
    if (!opened.ok) return opened
    for await (const chunk of opened.value as AsyncIterable<Uint8Array>) {
      const startedMs = performance.now()
      splitter.push(chunk)
      const usedMs = performance.now() - startedMs
      spentMs += usedMs
      await turns.used(usedMs)
    }
    const metadata = metadataOf(splitter.end())
    return metadata
      ? { ok: true, value: { objects, spentMs, ...metadata } }
      : refuse(fail('cluster-unreachable', NO_JSON).problem)
  } catch (error) {
    return error instanceof SyntaxError
      ? refuse(fail('cluster-unreachable', NO_JSON).problem)
      : explainNetwork(error)
  } finally {
    deadline.end()
  }
}

function metadataOf(list: unknown): { version: string; next: string } | null {
  const { metadata } = (list ?? {}) as { metadata?: { resourceVersion?: unknown; continue?: unknown } }
  const version = metadata?.resourceVersion
  const next = metadata?.continue
  return typeof version === 'string' ? { version, next: typeof next === 'string' ? next : '' } : null
}
