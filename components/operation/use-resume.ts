import { useState } from 'react'
import { send, urlOf } from '@/lib/client'
import type { Accepted } from '@/lib/contract'
import type { ReleaseId } from '@/lib/domain/model/release'
import type { Told } from '@/lib/language/problem'

/** What the hand is at: nothing, a question, or a call under way. */
export type ResumeState =
  | { step: 'idle'; problem?: Told }
  | { step: 'asking'; problem?: Told }
  | { step: 'sending'; what: 'continue' | 'remove' }

/** Goes on with a start that has not come to its end, or takes away what it made: the latter asks first. */
export function useResume(id: ReleaseId, onAccepted: (operation: string) => void) {
  const [state, setState] = useState<ResumeState>({ step: 'idle' })
  const call = async (what: 'continue' | 'remove') => {
    setState({ step: 'sending', what })
    const reply = await send<Accepted>('POST', urlOf(id, what), {})
    setState(reply.ok ? { step: 'idle' } : { step: 'idle', problem: reply.problem })
    if (reply.ok) onAccepted(reply.value.operation)
  }
  return {
    state,
    proceed: () => void call('continue'),
    ask: () => setState({ step: 'asking' }),
    keep: () => setState({ step: 'idle' }),
    remove: () => void call('remove'),
  }
}
