import { useState } from 'react'
import { clockMs } from '@/components/ui/clock'
import { type Reply, send, urlOf } from '@/lib/client'
import type { SentRequest } from '@/lib/contract'
import type { ReleaseId } from '@/lib/domain/model/release'
import type { TypedRequest } from '@/lib/domain/typed-request'

/** A request that was sent for real, what came of it, and on what basis it was predicted. Units: `atMs` is epoch milliseconds. */
type Last = { request: string; basis: string; reply: Reply<SentRequest>; atMs: number }

/** `isCurrent`: the prediction that stands there now is on the same basis as the one the answer was held against. */
export type Sent = Last & { isCurrent: boolean }

/** Sends requests for real, one at a time. An answer is shown as long as the fields ask for what it answers. */
export function useSent(id: ReleaseId, typed: TypedRequest, basis: string) {
  const [state, setState] = useState<{ sending: boolean; last?: Last }>({ sending: false })
  const request = JSON.stringify(typed)
  const ask = async () => {
    setState(before => ({ ...before, sending: true }))
    const { host, ...rest } = typed
    const reply = await send<SentRequest>('POST', urlOf(id, 'request'), {
      ...rest,
      ...(host !== '' && { host }),
    })
    setState({ sending: false, last: { request, basis, reply, atMs: clockMs() } })
  }
  const { last } = state
  const sent: Sent | undefined =
    last?.request === request ? { ...last, isCurrent: last.basis === basis } : undefined
  return {
    sending: state.sending,
    sent,
    send: () => void (state.sending ? undefined : ask()),
  }
}
