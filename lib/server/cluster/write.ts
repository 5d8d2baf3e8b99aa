import 'server-only'
import { setTimeout as wait } from 'node:timers/promises'
import { type ContentVersion, staleEdit } from '@/lib/domain/content-version'
import type { Release, ReleaseId } from '@/lib/domain/model/release'
import type { IngressPatch } from '@/lib/domain/patch'
import { fail, ok, type Result } from '@/lib/domain/problem'
import { backOffMs } from '@/lib/server/kubernetes/back-off'
import type { Connection } from '@/lib/server/kubernetes/connection'
import { pathOf } from '@/lib/server/kubernetes/kind'
import { kinds, type ListedIngress, parseListedIngress } from '@/lib/server/kubernetes/kinds'
import type { Outcome, Refusal } from '@/lib/server/kubernetes/refusal'

/**
 * A change of one canary Ingress, as decided from what was known.
 *
 * `resourceVersion` is what the person saw when they began: a real change since then is refused. Without it the write has
 * its own lane (rollback): it never waits, never conflicts, and is tried again until it is through.
 * `decideAgain` decides anew when the cluster turns out to be further than the cache.
 */
export type Edit = {
  patch: IngressPatch
  resourceVersion?: string
  decideAgain?: (release: Release) => Result<IngressPatch>
}

/** What a write needs of the cache. */
export type WriteDeps = {
  connection: Connection
  ingress: (id: ReleaseId) => ListedIngress | undefined
  contentVersion: (id: ReleaseId) => ContentVersion | undefined
  release: (id: ReleaseId) => Result<Release>
  /** Puts what the API server answered into the cache. */
  learn: (ingress: ListedIngress) => void
  /** Resolves when our own watch has shown this version or a later one, or the object is gone; false when it did not. */
  caughtUp: (id: ReleaseId, resourceVersion: string) => Promise<boolean>
}

const WRITE_LIMIT_MS = 10_000
/** How often a write may lose to a status update before it gives up. */
const DECISIONS = 5
/** The rollback's lane: many short tries instead of a long one. */
const [TRY_LIMIT_MS, LANE_MS, LONGEST_WAIT_MS] = [3_000, 10_000, 1_000]

/**
 * Writes one canary Ingress and returns the release once our own watch shows it.
 *
 * Errors: not-found; stale-edit when spec or annotations changed since the caller's version, or something each time
 * while we tried; what the cluster said otherwise.
 */
export async function writeRelease(id: ReleaseId, edit: Edit, deps: WriteDeps): Promise<Result<Release>> {
  const refused = stale(id, edit, deps)
  if (refused) return refused
  let sent = await send(id, edit, deps)
  for (let decided = 1; !sent.ok && sent.status === 409 && decided < DECISIONS; decided += 1) {
    const again = await decideAgain(id, edit, deps)
    if (!again.ok) return again
    sent = await send(id, { ...edit, patch: again.value }, deps)
  }
  if (!sent.ok) return sent
  if (!(await deps.caughtUp(id, sent.value.resourceVersion))) deps.learn(sent.value)
  return deps.release(id)
}

function stale(id: ReleaseId, edit: Edit, deps: WriteDeps) {
  const current = deps.contentVersion(id)
  return edit.resourceVersion !== undefined && current ? staleEdit(edit.resourceVersion, current) : null
}

/** The API server knows a later state: reads it, and decides once more unless somebody really changed something. */
async function decideAgain(id: ReleaseId, edit: Edit, deps: WriteDeps): Promise<Result<IngressPatch>> {
  const read = await deps.connection.request('GET', objectPath(id))
  if (!read.ok) return read
  const ingress = parsed(read.value.text)
  if (!ingress.ok) return ingress
  deps.learn(ingress.value)
  const refused = stale(id, edit, deps)
  if (refused) return refused
  const release = deps.release(id)
  if (!release.ok) return release
  return edit.decideAgain?.(release.value) ?? ok(edit.patch)
}

async function send(id: ReleaseId, edit: Edit, deps: WriteDeps): Promise<Outcome<ListedIngress>> {
  const isRollback = edit.resourceVersion === undefined
  const untilMs = performance.now() + LANE_MS
  let wasAway = false
  for (let tries = 1; ; tries += 1) {
    const answer = await sendOnce(id, edit, deps, isRollback ? TRY_LIMIT_MS : WRITE_LIMIT_MS)
    if (answer.ok || !isRollback) return answer
    if (!isPassing(answer) && !(wasAway && isRefusal(answer))) return answer
    wasAway ||= answer.status === 0
    const waitMs = Math.min(LONGEST_WAIT_MS, answer.retryAfterMs ?? backOffMs(tries, Math.random()))
    if (performance.now() + waitMs > untilMs) return answer
    await wait(waitMs)
  }
}

/**
 * The change as it is sent: of this very object, and, but for a rollback, of this version of it.
 * Source: an older version in the patched object is a conflict, also after a JSON patch (Kubernetes, registry/store.go).
 */
function sentPatch({ patch, resourceVersion }: Edit, held: ListedIngress) {
  const guard = {
    uid: held.uid,
    ...(resourceVersion !== undefined && { resourceVersion: held.resourceVersion }),
  }
  if ('metadata' in patch) {
    const body = { metadata: { ...patch.metadata, ...guard } }
    return { body, contentType: 'application/merge-patch+json' }
  }
  const guards = Object.entries(guard).map(([key, value]) => ({
    op: 'replace',
    path: `/metadata/${key}`,
    value,
  }))
  return { body: [...guards, ...patch], contentType: 'application/json-patch+json' }
}

async function sendOnce(
  id: ReleaseId,
  edit: Edit,
  deps: WriteDeps,
  timeoutMs: number,
): Promise<Outcome<ListedIngress>> {
  const held = deps.ingress(id)
  if (!held) return { ...unknown(id), status: 404, retryAfterMs: null }
  const answer = await deps.connection.request('PATCH', `${objectPath(id)}?fieldManager=halftone`, {
    ...sentPatch(edit, held),
    timeoutMs,
  })
  return answer.ok ? parsed(answer.value.text) : answer
}

const isPassing = ({ status }: Refusal) => status === 0 || status === 429 || status >= 500

/** An API server that was away refuses everybody for a moment after its start. */
const isRefusal = ({ status }: Refusal) => status === 401 || status === 403

const unknown = (id: ReleaseId) => fail('not-found', `There is no release ${id.namespace}/${id.name}`)

const objectPath = (id: ReleaseId) => `${pathOf(kinds.ingresses, id.namespace)}/${id.name}`

function parsed(text: string): Outcome<ListedIngress> {
  try {
    return { ok: true, value: parseListedIngress(JSON.parse(text)) }
  } catch {
    const { problem } = fail('cluster-unreachable', 'The API server sent an answer that is no JSON')
    return { ok: false, problem, status: 0, retryAfterMs: null }
  }
}
