import { useState } from 'react'
import { clockMs } from '@/components/ui/clock'
import { type Reply, send, urlOf } from '@/lib/client'
import type { SentRequest } from '@/lib/contract'
import type { ReleaseId } from '@/lib/domain/model/release'
import type { TypedRequest } from '@/lib/domain/typed-request'

/** A request that was sent for real, and what came of it. Units: `atMs` is epoch milliseconds. */
export type Sent = { request: string; reply: Reply<SentRequest>; atMs: number }

/** Sends requests for real, one at a time. An answer is shown as long as the fields ask for what it answers. */
export function useSent(id: ReleaseId, typed: TypedRequest) {
  const [state, setState] = useState<{ sending: boolean; last?: Sent }>({ sending: false })
  const request = JSON.stringify(typed)
  const ask = async () => {
    setState(before => ({ ...before, sending: true }))
    const { host, ...rest } = typed
    const reply = await send<SentRequest>('POST', urlOf(id, 'request'), {
      ...rest,
      ...(host !== '' && { host }),
    })
    setState({ sending: false, last: { request, reply, atMs: clockMs() } })
  }
  return {
    sending: state.sending,
    sent: state.last?.request === request ? state.last : undefined,
    send: () => void (state.sending ? undefined : ask()),
  }
}
