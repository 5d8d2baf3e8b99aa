import { useEffect, useMemo, useState } from 'react'
import { useContact, useEvery, useLiveValue } from '@/components/live'
import { clusterUrl, send } from '@/lib/client'
import type { Operation } from '@/lib/domain/model/operation'
import type { ReleaseId } from '@/lib/domain/model/release'

/** A release as one text, to find what belongs to it. */
export const keyOf = ({ cluster, namespace, name }: ReleaseId): string => `${cluster}/${namespace}/${name}`

/** The latest work on each release, by `keyOf`. */
export function latestOf(operations: Iterable<Operation>): ReadonlyMap<string, Operation> {
  const latest = new Map<string, Operation>()
  for (const each of operations) {
    const before = latest.get(keyOf(each.id))
    if (!before || before.startedAt <= each.startedAt) latest.set(keyOf(each.id), each)
  }
  return latest
}

/** The latest work on each release that Halftone knows of; the page's stream must have the topic `operation`. */
export function useLatest(): ReadonlyMap<string, Operation> {
  const all = useEvery('operation')
  return useMemo(() => latestOf(all?.values() ?? []), [all])
}

/**
 * One piece of work by its id: undefined until it is known, 'lost' when Halftone does not know it. What has ended stays as it was seen.
 */
export function useOperation(cluster: string, operation: string): Operation | 'lost' | undefined {
  const live = useLiveValue(`operation/${cluster}/${operation}`)
  const isTold = useEvery('operation') !== undefined
  const [seen, setSeen] = useState<Operation | 'lost'>()
  const contact = useContact()?.state
  const missing = isTold && !live && contact === 'open'
  useEffect(() => {
    if (live) setSeen(live)
  }, [live])
  useEffect(() => {
    if (!missing) return
    let isCurrent = true
    void send<Operation>('GET', clusterUrl(cluster, 'operations', operation)).then(reply => {
      if (!isCurrent) return
      if (reply.ok) setSeen(reply.value)
      else if (reply.problem.code !== 'no-contact') setSeen(before => (hasEnded(before) ? before : 'lost'))
    })
    return () => {
      isCurrent = false
    }
  }, [missing, cluster, operation])
  if (live) return live
  return seen === 'lost' || seen?.operation === operation ? seen : undefined
}

const hasEnded = (seen: Operation | 'lost' | undefined) =>
  seen !== undefined && seen !== 'lost' && seen.state !== 'running'
