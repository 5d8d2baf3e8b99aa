import { memo, useState } from 'react'
import { MendPanel } from '@/components/release/findings/mend-panel'
import { FindingView, findingKey, worstFirst } from '@/components/shell/finding'
import { useLanguage } from '@/components/shell/language-context'
import { LinkButton } from '@/components/ui/button'
import { Section } from '@/components/ui/section'
import type { Finding, Release } from '@/lib/domain/model/release'

type Props = { release: Release; off: string | undefined }

/** The findings of a release, worst first: one line each, why and fix on demand, and, where it is safe, the mending. */
export const FindingList = memo(function FindingList({ release, off }: Props) {
  const { say } = useLanguage()
  const { findings } = release
  if (findings.length === 0) return null
  const errors = findings.filter(finding => finding.severity === 'error').length
  return (
    <Section
      title={say.release.findings.heading}
      fact={say.release.findings.fact(errors, findings.length - errors)}
    >
      <div className="grid gap-1.5">
        {worstFirst(findings).map(finding => (
          <One key={findingKey(finding)} finding={finding} release={release} off={off} />
        ))}
      </div>
    </Section>
  )
})

function One({ finding, release, off }: Props & { finding: Finding }) {
  const { say } = useLanguage()
  const [shown, setShown] = useState<'why' | 'mend'>()
  const toggle = (what: 'why' | 'mend') => setShown(shown === what ? undefined : what)
  const words = say.release.findings
  return (
    <FindingView
      finding={finding}
      open={shown === 'why'}
      actions={
        <>
          <LinkButton aria-expanded={shown === 'why'} onClick={() => toggle('why')}>
            {shown === 'why' ? say.shared.close : words.open}
          </LinkButton>
          {finding.canBeMended && (
            <LinkButton aria-expanded={shown === 'mend'} onClick={() => toggle('mend')}>
              {shown === 'mend' ? say.shared.close : words.mend}
            </LinkButton>
          )}
        </>
      }
    >
      {shown === 'mend' && (
        <MendPanel finding={finding} release={release} off={off} onDone={() => setShown(undefined)} />
      )}
    </FindingView>
  )
}
