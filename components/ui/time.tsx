'use client'
import { useNowText } from '@/components/ui/clock'

/**
 * A moment in relative words that stay true while they are looked at, with the exact time on hover.
 *
 * Units: `at` is ISO 8601. `say` turns the age in milliseconds into words; a moment yet to come is negative.
 */
export function Time({ at, exact, say }: { at: string; exact: string; say: (ageMs: number) => string }) {
  const atMs = Date.parse(at)
  const words = useNowText(nowMs => say(nowMs - atMs))
  return (
    <time dateTime={at} title={exact} className="whitespace-nowrap">
      {words}
    </time>
  )
}
