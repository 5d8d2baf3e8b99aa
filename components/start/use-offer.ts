import { useCallback, useEffect, useState } from 'react'
import type { RouteAddress } from '@/components/start/start-address'
import { clusterUrl, send } from '@/lib/client'
import type { StartOffer } from '@/lib/domain/model/start'
import type { Told } from '@/lib/language/problem'

export type Offered =
  | { state: 'reading' }
  | { state: 'read'; offer: StartOffer; round: number }
  | { state: 'failed'; problem: Told }

/** Asks the cluster what a start of this route can begin from, once, and again when asked to. */
export function useOffer(cluster: string, route: RouteAddress): { offered: Offered; again: () => void } {
  const [round, setRound] = useState(0)
  const [offered, setOffered] = useState<Offered>({ state: 'reading' })
  const { namespace, ingress, host, path, pathType } = route
  useEffect(() => {
    let isCurrent = true
    setOffered({ state: 'reading' })
    const asked = { namespace, ingress, host, path, ...(pathType && { pathType }) }
    void send<StartOffer>('GET', `${clusterUrl(cluster, 'start')}?${new URLSearchParams(asked)}`).then(
      reply => {
        if (!isCurrent) return
        if (reply.ok) setOffered({ state: 'read', offer: reply.value, round })
        else setOffered({ state: 'failed', problem: reply.problem })
      },
    )
    return () => {
      isCurrent = false
    }
  }, [cluster, namespace, ingress, host, path, pathType, round])
  return { offered, again: useCallback(() => setRound(before => before + 1), []) }
}
