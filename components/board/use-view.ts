'use client'
import { useSearchParams } from 'next/navigation'
import { FILTERS, type Filter, type View } from '@/components/board/filter'

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

/** What the address asks to see, and a way to ask for something else; a pasted link shows the same. */
export function useView(): { view: View; change: (part: Partial<View>) => void } {
  const params = useSearchParams()
  const show = params.get('show')
  const view: View = {
    show: isFilter(show) ? show : 'all',
    namespace: params.get('ns') ?? '',
    query: params.get('q') ?? '',
  }
  const change = (part: Partial<View>) => {
    const url = addressOf({ ...view, ...part })
    if ('query' in part) window.history.replaceState(null, '', url)
    else window.history.pushState(null, '', url)
  }
  return { view, change }
}
