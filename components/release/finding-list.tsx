import { memo, useState } from 'react'
import { FindingView, findingKey, worstFirst } from '@/components/shell/finding'
import { useLanguage } from '@/components/shell/language-context'
import { LinkButton } from '@/components/ui/button'
import { Section } from '@/components/ui/section'
import type { Finding } from '@/lib/domain/model/release'

/** The findings of a release, worst first: one line each, why and fix on demand. */
export const FindingList = memo(function FindingList({ findings }: { findings: readonly Finding[] }) {
  const { say } = useLanguage()
  if (findings.length === 0) return null
  const errors = findings.filter(finding => finding.severity === 'error').length
  return (
    <Section
      title={say.release.findings.heading}
      fact={say.release.findings.fact(errors, findings.length - errors)}
    >
      <div className="grid gap-1.5">
        {worstFirst(findings).map(finding => (
          <One key={findingKey(finding)} finding={finding} />
        ))}
      </div>
    </Section>
  )
})

function One({ finding }: { finding: Finding }) {
  const { say } = useLanguage()
  const [open, setOpen] = useState(false)
  return (
    <FindingView
      finding={finding}
      open={open}
      actions={
        <LinkButton aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? say.shared.close : say.release.findings.open}
        </LinkButton>
      }
    />
  )
}
