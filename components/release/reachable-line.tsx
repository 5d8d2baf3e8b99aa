import { nameOf } from '@/components/release/name-of'
import { useLanguage } from '@/components/shell/language-context'
import { Icon } from '@/components/ui/icon'
import type { Claims } from '@/lib/domain/model/claims'
import type { Release } from '@/lib/domain/model/release'

/** Whether a parked canary would answer; nothing where the release is not parked. */
export function ReachableLine({ release, claims }: { release: Release; claims: Claims }) {
  const { say, format } = useLanguage()
  const words = say.shared.reachable
  if (!claims.reachable) return null
  const { state, at } = claims.reachable
  const canary = nameOf(release.canary)
  if (state !== 'proven' || !at)
    return <p className="mt-1 text-sm text-ink-soft">{words[state](canary, '')}</p>
  return (
    <p className="mt-1 text-sm text-ok">
      <Icon name="check" /> {words.proven(canary, format.clock(at))}
    </p>
  )
}
