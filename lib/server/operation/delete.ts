import 'server-only'
import type { Outcome } from '@/lib/server/kubernetes/refusal'
import { addressOf, type Far, guardOf, lookUp, type Named, patiently } from '@/lib/server/operation/far'

/** Only what was looked at is deleted: the object of this identity and, where it is named, of this version. */
type Guard = { uid: string; resourceVersion?: string }

/** Deletes one object, with what it owns; one that is not there any more is deleted. Errors: 409 where the guard does not hold. */
export async function deleteOnce(far: Far, named: Named, guard: Guard): Promise<Outcome<unknown>> {
  const gone = { ok: true, value: null } as const
  const answer = await patiently(
    far,
    () =>
      far.connection.request('DELETE', addressOf(named), {
        body: {
          apiVersion: 'v1',
          kind: 'DeleteOptions',
          propagationPolicy: 'Background',
          preconditions: guard,
        },
        contentType: 'application/json',
        timeoutMs: far.askMs,
      }),
    async () => {
      const found = await lookUp(far, named)
      if (!found.ok) return found
      return found.value === null || guardOf(found.value).uid !== guard.uid ? gone : null
    },
  )
  return !answer.ok && answer.status === 404 ? gone : answer
}
