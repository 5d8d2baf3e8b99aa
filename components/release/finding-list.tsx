import { useState } from 'react'
import { useLanguage } from '@/components/shell/language-context'
import { RichText } from '@/components/shell/rich-text'
import { LinkButton } from '@/components/ui/button'
import { FindingBox } from '@/components/ui/finding-box'
import { Section } from '@/components/ui/section'
import type { Finding, Severity } from '@/lib/domain/model/release'
import { findingText } from '@/lib/language/finding'

const RANK: Record<Severity, number> = { error: 0, warning: 1, info: 2 }
const TONE = { error: 'bad', warning: 'warn', info: 'note' } as const

/** The findings of a release, worst first: one line each, why and fix on demand. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  const { say } = useLanguage()
  if (findings.length === 0) return null
  const errors = findings.filter(finding => finding.severity === 'error').length
  const sorted = [...findings].sort((a, b) => RANK[a.severity] - RANK[b.severity])
  return (
    <Section
      title={say.release.findings.heading}
      fact={say.release.findings.fact(errors, findings.length - errors)}
    >
      <div className="grid gap-1.5">
        {sorted.map(finding => (
          <One key={`${finding.id} ${finding.where}`} finding={finding} />
        ))}
      </div>
    </Section>
  )
}

function One({ finding }: { finding: Finding }) {
  const { say, language } = useLanguage()
  const [open, setOpen] = useState(false)
  const { title, why, fix } = findingText(finding, language)
  const parts = [
    { name: say.shared.where, text: <code>{finding.where}</code> },
    { name: say.shared.why, text: <RichText of={why} /> },
    ...(fix.length > 0 ? [{ name: say.shared.fix, text: <RichText of={fix} /> }] : []),
  ]
  return (
    <FindingBox
      tone={TONE[finding.severity]}
      id={finding.id}
      title={
        <b>
          <RichText of={title} />
        </b>
      }
      parts={open ? parts : []}
      actions={
        <LinkButton aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? say.shared.close : say.release.findings.open}
        </LinkButton>
      }
    />
  )
}
