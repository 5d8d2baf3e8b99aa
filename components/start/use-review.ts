import { useCallback, useRef, useState } from 'react'
import { clockMs } from '@/components/ui/clock'
import { type Reply, send } from '@/lib/client'
import type { Accepted, StartRelease } from '@/lib/contract'
import type { StartReview } from '@/lib/domain/model/start'

/** The last review: of which request, and when; `isRefuted`: the same was refused since. Units: `at` is ISO 8601. */
export type Reviewed = { request: string; review: StartReview; at: string; isRefuted: boolean }

/** Whether a review still holds for this request. */
export const isReviewOf = (reviewed: Reviewed | undefined, request: StartRelease): reviewed is Reviewed =>
  reviewed?.request === JSON.stringify(request) && !reviewed.isRefuted

/** Asks what would be created and what the cluster would say of it; the last question asked is the one that counts. */
export function useReview(url: string) {
  const [reviewed, setReviewed] = useState<Reviewed>()
  const [busy, setBusy] = useState<'review' | 'create'>()
  const turn = useRef(0)

  const call = useCallback(
    async <T>(what: 'review' | 'create', body: object): Promise<Reply<T> | undefined> => {
      const mine = ++turn.current
      setBusy(what)
      const reply = await send<T>('POST', url, body)
      if (mine !== turn.current) return undefined
      setBusy(undefined)
      return reply
    },
    [url],
  )
  /** undefined where a later question has been asked meanwhile. */
  const review = useCallback(
    async (request: StartRelease) => {
      const reply = await call<StartReview>('review', { ...request, dryRun: true })
      if (reply?.ok)
        setReviewed({
          request: JSON.stringify(request),
          review: reply.value,
          at: new Date(clockMs()).toISOString(),
          isRefuted: false,
        })
      else if (reply) setReviewed(before => before && { ...before, isRefuted: true })
      return reply
    },
    [call],
  )
  const create = useCallback((request: StartRelease) => call<Accepted>('create', request), [call])
  return { reviewed, busy, review, create }
}
