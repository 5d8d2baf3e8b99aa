import { useSyncExternalStore } from 'react'

/** Stands in for Next's router: the address bar itself, and whoever reads it. */
const listeners = new Set<() => void>()
for (const name of ['pushState', 'replaceState'] as const) {
  const native = window.history[name].bind(window.history)
  window.history[name] = (...args) => {
    native(...args)
    for (const each of listeners) each()
  }
}
const watch = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useSearchParams = () =>
  new URLSearchParams(useSyncExternalStore(watch, () => window.location.search))
export const usePathname = () => '/'
export const useRouter = () => ({ push: () => {}, refresh: () => {} })
