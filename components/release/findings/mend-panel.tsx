import { useMending } from '@/components/release/findings/use-mending'
import { useLanguage } from '@/components/shell/language-context'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { VisuallyHidden } from '@/components/ui/visually-hidden'
import type { Mending } from '@/lib/contract'
import { mendEffect, mendLines } from '@/lib/domain/mend-line'
import type { Finding, Release } from '@/lib/domain/model/release'
import { problemText } from '@/lib/language/problem'

/** The mending of a finding: what it means, the exact patch, and the button that writes it. */
export function MendPanel({
  finding,
  release,
  off,
  onDone,
}: {
  finding: Finding
  release: Release
  off: string | undefined
  onDone: () => void
}) {
  const { say, language } = useLanguage()
  const words = say.release.findings.mending
  const { mending, problem, writing, apply } = useMending(finding, {
    release,
    off: off !== undefined,
    onDone,
  })
  return (
    <div className="mt-3 grid gap-3" aria-busy={writing || (!mending && !problem && !off)}>
      <p className="max-w-[88ch]">{words.effect[mendEffect(finding)]}</p>
      {mending && <Lines mending={mending} />}
      {off ? (
        <p className="text-ink-soft">{off}</p>
      ) : (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button disabled={!mending || writing} onClick={apply}>
            {writing ? words.writing : words.apply}
          </Button>
          {mending && (
            <CopyButton
              text={mending.kubectl}
              label={say.shared.copyAsKubectl}
              done={say.shared.copied}
              failed={say.shared.notCopied}
            />
          )}
        </div>
      )}
      {problem && (
        <p role="alert" className="text-bad">
          {problemText(problem, language)}
        </p>
      )}
    </div>
  )
}

/** What stands there now, and what will. */
function Lines({ mending }: { mending: Mending }) {
  const { say } = useLanguage()
  const words = say.release.findings.mending
  return (
    <ul aria-label={words.patch} className="grid gap-2 text-sm">
      {mendLines(mending.patch).map(({ at, before, after }) => (
        <li key={at}>
          <code className="text-ink-soft">{at}</code>
          <p>
            <VisuallyHidden>{words.before} </VisuallyHidden>
            {before === null ? words.nothing : <code className="bg-sunk px-1">{before}</code>}
            <span aria-hidden="true"> → </span>
            <VisuallyHidden>{words.after} </VisuallyHidden>
            {after === null ? words.nothing : <code className="bg-spot-wash px-1">{after}</code>}
          </p>
        </li>
      ))}
    </ul>
  )
}
