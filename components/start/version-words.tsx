import { useLanguage } from '@/components/shell/language-context'
import { isChanged } from '@/components/start/env-draft'
import type { ReleaseDraft } from '@/components/start/start-draft'
import { Glyph } from '@/components/ui/glyph'

/** The new version in one line: its name, image, replicas, and what of its variables differs. */
export function VersionWords({ draft, canary }: { draft: ReleaseDraft; canary: string }) {
  const { say, format } = useLanguage()
  const words = say.start.version
  const changed = draft.env.filter(isChanged).length
  const kept = draft.env.filter(row => row.from !== null).length
  const env = changed > 0 ? words.envChanged(changed) : words.envAs(kept, draft.deployment)
  return (
    <>
      <b className="md:whitespace-nowrap">
        <Glyph kind="canary" /> {canary}
      </b>{' '}
      <span className="font-mono text-sm break-all">{draft.image.trim()}</span>{' '}
      <span className="text-ink-soft">
        {draft.replicas === 1
          ? words.foldedOne(env)
          : words.folded({ replicas: format.number(draft.replicas), env })}
      </span>
    </>
  )
}
