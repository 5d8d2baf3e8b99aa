import 'server-only'
import { setImmediate as turn } from 'node:timers/promises'
import { fail } from '@/lib/domain/problem'
import type { Connection } from '@/lib/server/kubernetes/connection'
import { type Outcome, refuse } from '@/lib/server/kubernetes/refusal'

/** One page of a list: its objects, as sent, and the version of the whole list. */
export type Page = { items: readonly unknown[]; version: string }

export type ListOptions = {
  connection: Connection
  path: string
  signal: AbortSignal
  /** Takes one page; its time counts into the next page's size. False stops the list. */
  take: (page: Page) => boolean
}

const FIRST_LIMIT = 100
const TARGET_MS = 10
const [LEAST, MOST] = [10, 500]
const TIMEOUT_MS = 30_000

/**
 * Reads a whole list page by page, giving way to other work between pages.
 *
 * Limits: page sizes adapt so that parsing and taking one stays about 10 ms.
 * Errors: the refusal of any page; status 410 when the list took so long that the cluster forgot its version.
 */
export async function readList(options: ListOptions): Promise<Outcome<{ version: string }>> {
  let limit = FIRST_LIMIT
  let next = ''
  for (;;) {
    const query = new URLSearchParams({ limit: String(limit), ...(next && { continue: next }) })
    const answer = await options.connection.request('GET', `${options.path}?${query}`, {
      timeoutMs: TIMEOUT_MS,
      signal: options.signal,
    })
    if (!answer.ok) return answer
    await turn()
    const startedMs = performance.now()
    const page = parsePage(answer.value.text)
    if (!page)
      return refuse(fail('cluster-unreachable', 'The API server sent a list that is no JSON').problem)
    if (!options.take(page)) return refuse(fail('cluster-unreachable', OLDER).problem)
    limit = nextLimit(limit, page.items.length, performance.now() - startedMs)
    if (!page.next) return { ok: true, value: { version: page.version } }
    next = page.next
    await turn()
  }
}

const OLDER = 'The API server sent a list older than what was already seen'

/** The page size that would have taken the target time; at most doubled or taken to a quarter at once. */
export function nextLimit(limit: number, count: number, spentMs: number): number {
  if (count < limit / 2) return limit
  const fitting = count * (TARGET_MS / Math.max(spentMs, 0.1))
  return Math.round(Math.min(MOST, limit * 2, Math.max(LEAST, limit / 4, fitting)))
}

function parsePage(text: string): (Page & { next: string }) | null {
  try {
    const list = JSON.parse(text) as {
      metadata?: { resourceVersion?: unknown; continue?: unknown }
      items?: unknown
    } | null
    const version = list?.metadata?.resourceVersion
    const next = list?.metadata?.continue
    if (typeof version !== 'string') return null
    const items = Array.isArray(list?.items) ? (list.items as unknown[]) : []
    return { items, version, next: typeof next === 'string' ? next : '' }
  } catch {
    return null
  }
}
