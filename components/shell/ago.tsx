'use client'
import { useLanguage } from '@/components/shell/language-context'
import { Time } from '@/components/ui/time'

/** "2 min ago", in the reader's language, exact on hover. Units: `at` is ISO 8601. */
export function Ago({ at }: { at: string }) {
  const { format } = useLanguage()
  return <Time at={at} exact={format.exact(at)} say={format.ago} />
}

/** "9 d": how long since. Units: `at` is ISO 8601. */
export function Age({ at }: { at: string }) {
  const { format } = useLanguage()
  return <Time at={at} exact={format.exact(at)} say={format.duration} />
}
