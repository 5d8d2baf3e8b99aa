import 'server-only'
import { parseIngress } from '@/lib/domain/ingress'
import type { Ingress } from '@/lib/domain/model/ingress'
import { type EditCall, editRelease } from '@/lib/server/edit'
import type { Outcome } from '@/lib/server/kubernetes/refusal'
import { type Far, lookUp, patiently } from '@/lib/server/operation/far'

/** A change of a release that is written once; `isWritten` tells it on an Ingress that is there. */
type Once = EditCall & { isWritten(canary: Ingress): boolean }

/**
 * Writes as `editRelease` does, and never a second time: what had no answer is looked up before it is sent again, and once more where it
 * is refused then, because it may have arrived late. Errors: those of `editRelease`.
 */
export async function editOnce(far: Far, { isWritten, ...call }: Once): Promise<Outcome<unknown>> {
  const write = async (): Promise<Outcome<unknown>> => {
    const edited = await editRelease(call)
    const isUnanswered = !edited.ok && edited.problem.code === 'cluster-unreachable'
    return edited.ok ? edited : { ...edited, status: isUnanswered ? 0 : 409, retryAfterMs: null }
  }
  const look = async (): Promise<Outcome<unknown> | null> => {
    const found = await lookUp(far, { kind: 'Ingress', ...call.id })
    if (!found.ok) return found
    return found.value !== null && isWritten(parseIngress(found.value)) ? found : null
  }
  const written = await patiently(far, write, look)
  return written.ok ? written : ((await look()) ?? written)
}
