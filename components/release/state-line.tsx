import { useContact } from '@/components/live'
import { Age, Ago } from '@/components/shell/ago'
import { useLanguage } from '@/components/shell/language-context'
import { Icon } from '@/components/ui/icon'
import type { Claims } from '@/lib/domain/model/claims'
import type { Release } from '@/lib/domain/model/release'

/** Whether the picture is current, how long the release is open, and who changed it last. */
export function StateLine({ release, claims }: { release: Release; claims: Claims }) {
  const { say } = useLanguage()
  const lost = useContact()?.state === 'lost'
  const connection = lost ? 'no-contact' : claims.connection
  const live = connection === 'live'
  return (
    <p className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-soft">
      <b className={live ? 'text-ok' : 'text-warn'}>
        <Icon name={live ? 'check' : 'warn'} /> {say.release.connection[connection]}
      </b>
      <span>
        {say.release.open} <Age at={release.createdAt} />
      </span>
      {release.changedAt && (
        <span>
          {say.release.lastChanged} <Ago at={release.changedAt} />
          {release.changedBy && <bdi>{say.release.by(release.changedBy)}</bdi>}
        </span>
      )}
    </p>
  )
}
