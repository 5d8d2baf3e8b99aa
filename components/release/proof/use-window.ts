import { useCallback, useSyncExternalStore } from 'react'

/** Windows the chart offers. Units: minutes. */
export const WINDOWS = [2, 5, 10, 30] as const

const CHANGED = 'halftone:window'
const KEY = 'window'

const read = () => Number(new URLSearchParams(window.location.search).get(KEY))

function listen(changed: () => void): () => void {
  window.addEventListener('popstate', changed)
  window.addEventListener(CHANGED, changed)
  return () => {
    window.removeEventListener('popstate', changed)
    window.removeEventListener(CHANGED, changed)
  }
}

/** The chart's window, kept in the address so that a pasted link shows the same. It changes the drawing only. */
export function useWindow(): { minutes: number; choose: (minutes: number) => void } {
  const wanted = useSyncExternalStore(listen, read, () => 0)
  const choose = useCallback((minutes: number) => {
    const query = new URLSearchParams(window.location.search)
    query.set(KEY, String(minutes))
    window.history.replaceState(null, '', `?${query}`)
    window.dispatchEvent(new Event(CHANGED))
  }, [])
  return { minutes: WINDOWS.find(each => each === wanted) ?? 10, choose }
}
