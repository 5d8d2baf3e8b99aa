import { type ComponentProps, useLayoutEffect, useRef, useState } from 'react'

const CELL = 'py-1.5 pr-3 text-left align-top text-sm last:pr-0'

/** Is an element wider inside than outside? Then the keyboard must be able to reach and scroll it. */
function useOverflow() {
  const ref = useRef<HTMLElement>(null)
  const [overflows, setOverflows] = useState(false)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const measure = () => setOverflows(element.scrollWidth > element.clientWidth)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    if (element.firstElementChild) observer.observe(element.firstElementChild)
    return () => observer.disconnect()
  }, [])
  return { ref, overflows }
}

/** A table of hairlines. `name` is its caption, for screen readers. */
export function Table({
  name,
  className = '',
  children,
  ...rest
}: ComponentProps<'table'> & { name: string }) {
  const { ref, overflows } = useOverflow()
  return (
    <section ref={ref} className="overflow-x-auto" {...(overflows && { tabIndex: 0, 'aria-label': name })}>
      <table
        {...rest}
        className={`w-full border-collapse [&_tbody>tr]:border-t [&_tbody>tr]:border-line ${className}`}
      >
        <caption className="sr-only">{name}</caption>
        {children}
      </table>
    </section>
  )
}

/** A column's head; `number` aligns it with figures. */
export function Head({
  number = false,
  className = '',
  ...rest
}: ComponentProps<'th'> & { number?: boolean }) {
  return (
    <th
      scope="col"
      {...rest}
      className={`py-1.5 pr-3 align-bottom text-xs font-normal text-ink-soft last:pr-0 ${number ? 'text-right whitespace-nowrap' : 'text-left'} ${className}`}
    />
  )
}

/** A cell; `number` aligns figures at the right. */
export function Cell({
  number = false,
  className = '',
  ...rest
}: ComponentProps<'td'> & { number?: boolean }) {
  return <td {...rest} className={`${CELL} ${number ? 'text-right! whitespace-nowrap' : ''} ${className}`} />
}
