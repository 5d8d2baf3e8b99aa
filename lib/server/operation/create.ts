import 'server-only'
import type { Manifest } from '@/lib/domain/model/start'
import { isMadeFrom } from '@/lib/domain/operation/ours'
import { fail } from '@/lib/domain/problem'
import { fieldsOf, textOf } from '@/lib/domain/raw'
import type { Outcome } from '@/lib/server/kubernetes/refusal'
import { type Far, lookUp, namedIn, parsed, patiently } from '@/lib/server/operation/far'
import { createObject } from '@/lib/server/start/create'

/**
 * Creates an object, and never a second one: what had no answer is looked up before it is asked for again, and one that is
 * there already is taken only if this very start made it. With `mayExist` it is looked up first.
 *
 * Errors: already-exists for anybody else's object; what the cluster said otherwise.
 */
export async function createOnce(
  far: Far,
  manifest: Manifest,
  { mayExist = false } = {},
): Promise<Outcome<unknown>> {
  const known = mayExist ? await foundOurs(far, manifest) : null
  if (known) return known
  const made = await patiently(
    far,
    () => post(far, manifest),
    () => foundOurs(far, manifest),
  )
  if (made.ok || made.status !== 409) return made
  return (await foundOurs(far, manifest)) ?? made
}

/** Not cut off when the process ends: what has been sent may have been done, and its answer is worth waiting for. */
async function post(far: Far, manifest: Manifest): Promise<Outcome<unknown>> {
  const made = await createObject(far.connection, manifest, { dryRun: false, timeoutMs: far.askMs })
  return made.ok ? parsed(made.value.text) : made
}

/** What stands under this name: ours, a refusal for somebody else's, null where nothing does. */
async function foundOurs(far: Far, manifest: Manifest): Promise<Outcome<unknown> | null> {
  const named = namedIn(manifest)
  const found = await lookUp(far, named)
  if (!found.ok) return found
  if (found.value === null) return null
  const isEnding = textOf(fieldsOf(fieldsOf(found.value).metadata).deletionTimestamp) !== ''
  if (isMadeFrom(found.value, manifest) && !isEnding) return found
  const { kind, namespace, name } = named
  const why = isEnding ? 'is being deleted' : 'exists and was not made by this start'
  const title = `The ${kind} ${namespace}/${name} ${why}`
  const { problem } = fail('already-exists', title, { params: { kind, name } })
  return { ok: false, problem, status: 409, retryAfterMs: null }
}
