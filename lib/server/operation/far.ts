import 'server-only'
import { setTimeout as wait } from 'node:timers/promises'
import type { Manifest } from '@/lib/domain/model/start'
import { fail, type Params } from '@/lib/domain/problem'
import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'
import { backOffMs } from '@/lib/server/kubernetes/back-off'
import type { Connection } from '@/lib/server/kubernetes/connection'
import { pathOf } from '@/lib/server/kubernetes/kind'
import type { Outcome, Refusal } from '@/lib/server/kubernetes/refusal'
import { isPlace, type PlaceName, places } from '@/lib/server/start/create'

/** The API server as an operation deals with it. Units: milliseconds, for one call and for all tries of one. */
export type Far = {
  connection: Connection
  signal: AbortSignal
  /** Says what is waited for. */
  note(params: Params): void
  askMs: number
  patienceMs: number
}

export type Named = { kind: PlaceName; namespace: string; name: string }

/** Address of one object. */
export const addressOf = ({ kind, namespace, name }: Named): string =>
  `${pathOf(places[kind], namespace)}/${name}`

/** What an object that is to be written is called. Errors: thrown for a kind that nothing of ours is of. */
export function namedIn({ kind, metadata }: Manifest): Named {
  if (!isPlace(kind)) throw new Error(`no place for ${kind}`)
  return { kind, namespace: metadata.namespace, name: metadata.name }
}

/** No answer, too busy, or an error of the server's own: nothing is known, and it may pass. */
export const isPassing = ({ problem }: Refusal): boolean =>
  problem.code === 'cluster-unreachable' || problem.code === 'cluster-busy'

/** An API server that was away refuses everybody for a moment after its start. */
const isRefusal = ({ status }: Refusal): boolean => status === 401 || status === 403
const REFUSALS = 3

/**
 * Asks until the API server answers; between two tries `before` may find that nothing has to be asked any more.
 * Errors: what the server says; its last silence once patience is over. Rejects when the process ends, before the next try.
 */
export async function patiently<T>(
  far: Far,
  ask: () => Promise<Outcome<T>>,
  before: () => Promise<Outcome<T> | null> = () => Promise.resolve(null),
): Promise<Outcome<T>> {
  const untilMs = performance.now() + far.patienceMs
  let [wasAway, refusals] = [false, 0]
  for (let tries = 1; ; tries += 1) {
    far.signal.throwIfAborted()
    const known = tries === 1 ? null : await before()
    if (known) return known
    far.signal.throwIfAborted()
    const answer = await ask()
    if (answer.ok) return answer
    const isOfStart = wasAway && isRefusal(answer) && refusals++ < REFUSALS
    if (!isPassing(answer) && !isOfStart) return answer
    wasAway ||= answer.status === 0
    far.note({ why: answer.problem.code })
    const waitMs = answer.retryAfterMs ?? backOffMs(tries, Math.random())
    if (performance.now() + waitMs > untilMs) return answer
    await wait(waitMs, undefined, { signal: far.signal })
  }
}

/** One object as the API server has it now; null where there is none. */
export async function lookUp(far: Far, { kind, namespace, name }: Named): Promise<Outcome<unknown>> {
  const query = `fieldSelector=${encodeURIComponent(`metadata.name=${name}`)}`
  const found = await listed(far, { kind, namespace, query })
  return found.ok ? { ok: true, value: found.value[0] ?? null } : found
}

/** All objects of a kind in a namespace that a selector picks. Limits: 500. */
export async function listed(
  far: Far,
  { kind, namespace, query }: { kind: PlaceName; namespace: string; query: string },
): Promise<Outcome<readonly unknown[]>> {
  const path = `${pathOf(places[kind], namespace)}?limit=500&${query}`
  const answer = await patiently(far, () =>
    far.connection.request('GET', path, { timeoutMs: far.askMs, signal: far.signal }),
  )
  const read = answer.ok ? parsed(answer.value.text) : answer
  return read.ok ? { ok: true, value: itemsOf(fieldsOf(read.value).items) } : read
}

/** An answer's body. Errors: cluster-unreachable where it is no JSON. */
export function parsed(text: string): Outcome<unknown> {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    const { problem } = fail('cluster-unreachable', 'The API server sent an answer that is no JSON')
    return { ok: false, problem, status: 0, retryAfterMs: null }
  }
}

/** The version and identity that a guarded write names. */
export function guardOf(raw: unknown): { uid: string; resourceVersion: string } {
  const { uid, resourceVersion } = fieldsOf(fieldsOf(raw).metadata)
  return { uid: textOf(uid), resourceVersion: textOf(resourceVersion) }
}
