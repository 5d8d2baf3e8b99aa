import { useLanguage } from '@/components/shell/language-context'
import { RichText } from '@/components/shell/rich-text'
import { LinkButton } from '@/components/ui/button'
import { FindingBox } from '@/components/ui/finding-box'
import { Icon, type IconName } from '@/components/ui/icon'
import type { Finding, Severity } from '@/lib/domain/model/release'
import { findingText } from '@/lib/language/finding'

const RANK: Record<Severity, number> = { error: 0, warning: 1, info: 2 }
const ICON: Record<Severity, IconName> = { error: 'error', warning: 'warn', info: 'info' }
const INK: Record<Severity, string> = { error: 'text-bad!', warning: 'text-warn!', info: '' }
const TONE = { error: 'bad', warning: 'warn', info: 'note' } as const

const worstFirst = (findings: readonly Finding[]) =>
  [...findings].sort((a, b) => RANK[a.severity] - RANK[b.severity])

/** How many findings there are and how bad the worst is; opens them below the row. */
export function FindingsCell({
  findings,
  open,
  onToggle,
}: {
  findings: readonly Finding[]
  open: boolean
  onToggle: () => void
}) {
  const { say } = useLanguage()
  const [worst] = worstFirst(findings)
  return (
    <div className="col-start-2 row-start-1 text-right text-sm md:col-start-4 xl:col-start-7">
      {!worst && <span className="text-ink-soft max-xl:hidden">{say.shared.none}</span>}
      {worst && (
        <LinkButton
          className={`-m-1.5 p-1.5 no-underline! ${INK[worst.severity]}`}
          aria-expanded={open}
          aria-label={`${say.board.findings(findings.length)}: ${say.board.severity[worst.severity]}`}
          onClick={onToggle}
        >
          <Icon name={ICON[worst.severity]} /> <b>{findings.length}</b>
        </LinkButton>
      )}
    </div>
  )
}

/** All findings of a release in the reader's language: where, why and how to fix them. */
export function FindingList({ findings, onClose }: { findings: readonly Finding[]; onClose: () => void }) {
  const { say, language } = useLanguage()
  return (
    <div className="col-span-full mt-1.5 grid gap-1.5">
      {worstFirst(findings).map((finding, index) => {
        const { title, why, fix } = findingText(finding, language)
        const parts = [
          { name: say.shared.where, text: <code>{finding.where}</code> },
          { name: say.shared.why, text: <RichText of={why} /> },
          ...(fix.length > 0 ? [{ name: say.shared.fix, text: <RichText of={fix} /> }] : []),
        ]
        return (
          <FindingBox
            key={`${finding.id} ${finding.where}`}
            tone={TONE[finding.severity]}
            title={
              <b>
                <RichText of={title} />
              </b>
            }
            id={finding.id}
            parts={parts}
            actions={index === 0 && <LinkButton onClick={onClose}>{say.shared.close}</LinkButton>}
          />
        )
      })}
    </div>
  )
}
