import { useContact, useLiveValue } from '@/components/live'
import { useLanguage } from '@/components/shell/language-context'

/** Why nothing can be written to a cluster now, in words; undefined when it can. */
export function useWritingOff(cluster: string): string | undefined {
  const { say } = useLanguage()
  const lost = useContact()?.state === 'lost'
  const state = useLiveValue(`cluster/${cluster}`)
  if (lost) return say.traffic.offContact
  if (state?.readOnly) return say.shared.readOnly
  return state && state.state !== 'live' ? say.traffic.offStale : undefined
}
