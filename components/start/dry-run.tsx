import { useState } from 'react'
import { Ago } from '@/components/shell/ago'
import { Around } from '@/components/shell/around'
import { FindingView, findingKey, worstFirst } from '@/components/shell/finding'
import { useLanguage } from '@/components/shell/language-context'
import type { Reviewed } from '@/components/start/use-review'
import { LinkButton } from '@/components/ui/button'
import { Strip } from '@/components/ui/strip'
import type { Finding } from '@/lib/domain/model/release'
import { problemText } from '@/lib/language/problem'

/** What the cluster itself said of the three objects, when, and what the linter says of the release that would be. */
export function DryRun({
  reviewed: { review, at },
  onAgain,
}: {
  reviewed: Reviewed
  /** undefined where it cannot be asked again now. */
  onAgain: (() => void) | undefined
}) {
  const { say, language } = useLanguage()
  const words = say.start.review
  const { refusals, findings } = review
  const when = (
    <span className="text-ink-soft">
      <Around text={words.dryRun} slot={<Ago at={at} />} />
      {onAgain && (
        <>
          {' · '}
          <LinkButton onClick={onAgain}>{words.checkAgain}</LinkButton>
        </>
      )}
    </span>
  )
  return (
    <div className="grid gap-2">
      {refusals.length === 0 && (
        <Strip tone="ok">
          <b>{words.accepted}</b> {when}
        </Strip>
      )}
      {refusals.map((refusal, index) => (
        <Strip key={`${refusal.kind}/${refusal.name}`} tone="bad" role="alert">
          <b>{words.refused(refusal.kind, refusal.name)}</b>{' '}
          {problemText({ ...refusal, params: { message: refusal.title } }, language)} {index === 0 && when}
        </Strip>
      ))}
      {worstFirst(findings).map(finding => (
        <OneFinding key={findingKey(finding)} finding={finding} />
      ))}
    </div>
  )
}

/** One finding; an error says at once why and how to mend it, anything less when it is asked. */
function OneFinding({ finding }: { finding: Finding }) {
  const { say } = useLanguage()
  const [open, setOpen] = useState(finding.severity === 'error')
  return (
    <FindingView
      finding={finding}
      open={open}
      actions={
        <LinkButton className="text-sm" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? say.shared.close : say.release.findings.open}
        </LinkButton>
      }
    />
  )
}
