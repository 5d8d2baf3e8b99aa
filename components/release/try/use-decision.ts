import { useEffect, useState } from 'react'
import useSWR from 'swr'
import { clusterUrl, type Reply, send } from '@/lib/client'
import type { AskDecision, DecisionView } from '@/lib/contract'
import type { ReleaseId } from '@/lib/domain/model/release'
import type { TypedRequest } from '@/lib/domain/typed-request'

/** Units: milliseconds. Other Ingresses can change what is decided, so the answer is asked for again. */
const [SETTLE_MS, AGAIN_MS] = [150, 10_000]

/** The last answer, and whether it is about what is asked now. */
export type Decided = { reply: Reply<DecisionView> | undefined; isCurrent: boolean }

/** A value once it has stood still for a moment. */
function useSettled(value: string | null): string | null {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

async function decided([, cluster, question]: readonly [string, string, string]) {
  const [ask] = JSON.parse(question) as [AskDecision]
  return { question, reply: await send<DecisionView>('POST', clusterUrl(cluster, 'decide'), ask) }
}

/**
 * What the controller that serves this release would do with a request; null asks nothing. `basis` is what the answer
 * depends on: when it changes the question is asked anew. An answer to another question is never given out as current.
 */
export function useDecision(id: ReleaseId, typed: TypedRequest | null, basis: string): Decided {
  const release = { namespace: id.namespace, name: id.name }
  const question = typed && JSON.stringify([{ release, ...typed } satisfies AskDecision, basis])
  const settled = useSettled(question)
  const { data } = useSWR(settled === null ? null : (['decide', id.cluster, settled] as const), decided, {
    keepPreviousData: true,
    refreshInterval: AGAIN_MS,
    dedupingInterval: 0,
  })
  return { reply: data?.reply, isCurrent: question !== null && data?.question === question }
}
