import type { ReactNode } from 'react'
import { useLanguage } from '@/components/shell/language-context'
import { RichText } from '@/components/shell/rich-text'
import { FindingBox } from '@/components/ui/finding-box'
import type { Finding, Severity } from '@/lib/domain/model/release'
import { findingText } from '@/lib/language/finding'

const RANK: Record<Severity, number> = { error: 0, warning: 1, info: 2 }
const TONE = { error: 'bad', warning: 'warn', info: 'note' } as const

/** Findings in the order in which they should be read. */
export const worstFirst = (findings: readonly Finding[]): Finding[] =>
  [...findings].sort((a, b) => RANK[a.severity] - RANK[b.severity])

/** A key for one of a list of findings. */
export const findingKey = ({ id, where }: Finding): string => `${id} ${where}`

/** One finding in the reader's language; `open` says where, why and how to fix it. */
export function FindingView({
  finding,
  open,
  actions,
  children,
}: {
  finding: Finding
  open: boolean
  actions?: ReactNode
  children?: ReactNode
}) {
  const { say, language } = useLanguage()
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
      actions={actions}
    >
      {children}
    </FindingBox>
  )
}
