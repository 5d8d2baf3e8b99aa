import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

/** Width in pixels of the element that takes `ref`; undefined until it is measured, on the server too. */
export function useWidth<E extends HTMLElement>(): { ref: RefObject<E | null>; width: number | undefined } {
  const ref = useRef<E>(null)
  const [width, setWidth] = useState<number>()
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const measure = () => setWidth(element.clientWidth || undefined)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { ref, width }
}
