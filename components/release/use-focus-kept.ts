import { type RefObject, useEffect, useRef } from 'react'

/**
 * When a draft ends, the button that ended it goes away with the focus: the place that takes `ref` gets it back at its
 * first field, so that a keyboard goes on from there.
 */
export function useFocusKept<E extends HTMLElement>(drafting: boolean): RefObject<E | null> {
  const ref = useRef<E>(null)
  const before = useRef(drafting)
  useEffect(() => {
    const ended = before.current && !drafting
    before.current = drafting
    if (!ended || document.activeElement !== document.body) return
    ref.current?.querySelector<HTMLElement>('input, button')?.focus({ preventScroll: true })
  }, [drafting])
  return ref
}
