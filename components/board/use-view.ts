'use client'
import { useSearchParams } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { FILTERS, type Filter, type View } from '@/components/board/filter'

const REST_MS = 250

const isFilter = (text: string | null): text is Filter => FILTERS.some(filter => filter === text)

/** The address of a view; what is not asked for is left out. */
function addressOf({ show, namespace, query }: View): string {
  const params = new URLSearchParams()
  if (show !== 'all') params.set('show', show)
  if (namespace) params.set('ns', namespace)
  if (query) params.set('q', query)
  const text = params.toString()
  return text ? `/?${text}` : '/'
}

/**
 * What the address asks to see, and a way to ask for something else; a pasted link shows the same. What is being typed
 * is shown at once and goes into the address when the hand rests.
 */
export function useView(): { view: View; change: (part: Partial<View>) => void } {
  const params = useSearchParams()
  const show = params.get('show')
  const inAddress = params.get('q') ?? ''
  const [query, setQuery] = useState(inAddress)
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    if (resting.current === undefined) setQuery(inAddress)
  }, [inAddress])
  useEffect(() => () => clearTimeout(resting.current), [])

  const view: View = { show: isFilter(show) ? show : 'all', namespace: params.get('ns') ?? '', query }
  const change = (part: Partial<View>) => {
    const next = { ...view, ...part }
    clearTimeout(resting.current)
    resting.current = undefined
    setQuery(next.query)
    if (Object.keys(part).join() !== 'query') return window.history.pushState(null, '', addressOf(next))
    resting.current = setTimeout(() => {
      resting.current = undefined
      window.history.replaceState(null, '', addressOf(next))
    }, REST_MS)
  }
  return { view, change }
}
