import { useSyncExternalStore } from 'react'

let ahead = 0
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

/** Sets this tab's clock by the server's, so that ages are right where the reader's own clock is not. */
export function setClock(serverNowMs: number): void {
  ahead = serverNowMs - Date.now()
}

/** The server's time as far as this tab knows. Units: epoch milliseconds. */
export const clockMs = (): number => Date.now() + ahead

function everySecond(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const each of listeners) each()
  }, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

/** What `say` makes of the present moment; the component renders again only when the words change. */
export function useNowText(say: (nowMs: number) => string): string {
  return useSyncExternalStore(
    everySecond,
    () => say(clockMs()),
    () => '',
  )
}
