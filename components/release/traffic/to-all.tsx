import { nameOf } from '@/components/release/name-of'
import { useLanguage } from '@/components/shell/language-context'
import { RichText } from '@/components/shell/rich-text'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import type { Release } from '@/lib/domain/model/release'

/** Asks before every unmarked request goes to the canary: states the exact effect and the cluster's name. */
export function ToAll({
  open,
  release,
  total,
  counted,
  onApply,
  onClose,
}: {
  open: boolean
  release: Release
  total: number
  counted: boolean
  onApply: () => void
  onClose: () => void
}) {
  const { say, format } = useLanguage()
  const names = { canary: nameOf(release.canary), stable: nameOf(release.stable) }
  const { ready, total: pods } = release.canary.endpoints
  const [from, to] = [format.number(release.weight), format.number(total)]
  return (
    <Dialog
      open={open}
      title={say.traffic.toAll.title(names.canary)}
      onClose={onClose}
      actions={
        <>
          <Button kind="go" onClick={onApply}>
            {say.traffic.apply(from, to)}
          </Button>
          <Button onClick={onClose}>{say.shared.cancel}</Button>
        </>
      }
    >
      <p>
        <RichText
          of={say.traffic.toAll.text({ ...names, from, to, total: to, cluster: release.id.cluster })}
        />
      </p>
      {counted && (
        <p className={`mt-3 ${ready === 0 ? 'text-warn' : 'text-ink-soft'}`}>
          {say.traffic.toAll.pods(format.number(ready), format.number(pods))}
        </p>
      )}
    </Dialog>
  )
}
