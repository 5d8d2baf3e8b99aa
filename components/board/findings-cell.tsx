import { FindingView, findingKey, worstFirst } from '@/components/shell/finding'
import { useLanguage } from '@/components/shell/language-context'
import { LinkButton } from '@/components/ui/button'
import { Icon, type IconName } from '@/components/ui/icon'
import type { Finding, Severity } from '@/lib/domain/model/release'

const ICON: Record<Severity, IconName> = { error: 'error', warning: 'warn', info: 'info' }
const INK: Record<Severity, string> = { error: 'text-bad!', warning: 'text-warn!', info: '' }

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
  const { say } = useLanguage()
  return (
    <div className="col-span-full mt-1.5 grid gap-1.5">
      {worstFirst(findings).map((finding, index) => (
        <FindingView
          key={findingKey(finding)}
          finding={finding}
          open
          actions={index === 0 && <LinkButton onClick={onClose}>{say.shared.close}</LinkButton>}
        />
      ))}
    </div>
  )
}
