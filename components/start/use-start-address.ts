'use client'
import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { type StartAddress, startAddressOf, startHref } from '@/components/start/start-address'

/** What the address says, and a way to say something else: a chosen route is a step back in the browser, work is not. */
export function useStartAddress(): {
  address: StartAddress
  change: (part: Partial<StartAddress>) => void
} {
  const params = useSearchParams()
  const address = useMemo(() => startAddressOf(params), [params])
  const change = (part: Partial<StartAddress>) => {
    const href = startHref({ ...address, ...part })
    if ('route' in part) window.history.pushState(null, '', href)
    else window.history.replaceState(null, '', href)
  }
  return { address, change }
}
