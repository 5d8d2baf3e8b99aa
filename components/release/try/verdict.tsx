import { decidedName, isOwnRoute } from '@/components/release/try/names'
import type { Trial } from '@/components/release/try/use-trial'
import { useLanguage } from '@/components/shell/language-context'
import { RichText } from '@/components/shell/rich-text'
import { Glyph } from '@/components/ui/glyph'
import { Icon } from '@/components/ui/icon'
import type { DecisionView } from '@/lib/domain/decision-view'
import type { Release } from '@/lib/domain/model/release'
import { isDecidedBy, type TrialLine, trialLines } from '@/lib/domain/trial'
import { problemText } from '@/lib/language/problem'

/** What every rung says of the tried request, and which version it gets. What is not current is never drawn as if it were. */
export function Verdict({ release, trial, stale }: { release: Release; trial: Trial; stale: boolean }) {
  const { say, language } = useLanguage()
  const words = say.trial
  const { view, problem, isCurrent } = trial
  const soft = !isCurrent || stale
  return (
    <div aria-busy={!isCurrent} className={`grid gap-3 ${soft ? 'text-ink-soft' : ''}`}>
      {view && (
        <ol aria-label={words.lines} className="border-t border-line">
          {trialLines(view).map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place
            <Line key={index} line={line} soft={soft} />
          ))}
        </ol>
      )}
      <div role="status" className="min-h-7">
        {!isCurrent && words.asking}
        {isCurrent && problem && <p className="text-bad">{problemText(problem, language)}</p>}
        {isCurrent && view && <Answer view={view} release={release} />}
        {isCurrent && stale && <p className="text-sm text-warn">{words.notCurrent}</p>}
      </div>
    </div>
  )
}

function Line({ line: { rung, word, state, params }, soft }: { line: TrialLine; soft: boolean }) {
  const { say } = useLanguage()
  const words = say.trial
  const decides = state === 'decides'
  return (
    <li
      className={`grid grid-cols-[16px_64px_minmax(0,1fr)] gap-2 border-b border-line py-1.5 text-sm ${decides && !soft ? '' : 'text-ink-soft'}`}
    >
      <span>{decides && <Icon name="check" />}</span>
      <span className={decides ? 'font-semibold' : ''}>{words.rung[rung]}</span>
      <span>
        <RichText of={words.says[word](params)} />
        {words.after[state]}
      </span>
    </li>
  )
}

function Answer({ view, release }: { view: DecisionView; release: Release }) {
  const { say } = useLanguage()
  const words = say.trial
  const { route } = view
  const foreign = route && !isDecidedBy(view, release) && !isOwnRoute(view, release)
  if (view.to === 'unknown' && view.steps.length === 0) return <p>{words.otherController}</p>
  return (
    <>
      <p className="text-lg">
        <Gets view={view} release={release} />
      </p>
      {foreign && (
        <p className="mt-1 text-sm">
          <RichText of={words.elsewhere(`${route.host}${route.path}`, view.release)} />
        </p>
      )}
    </>
  )
}

/** The version a request gets, or why it gets none. */
function Gets({ view, release }: { view: DecisionView; release: Release }) {
  const { say, format } = useLanguage()
  const words = say.trial
  const { to } = view
  if (to === 'stable' || to === 'canary')
    return (
      <>
        <RichText of={[decidedName(view, to, release)]} />{' '}
        <span className="ml-1 text-sm text-ink-soft">{words.always}</span>
      </>
    )
  if (to === 'split') {
    const { weight = 0, total = 100 } = view.steps.find(({ rung }) => rung === 'weight')?.params ?? {}
    const own = isDecidedBy(view, release)
    const named = own
      ? { canary: decidedName(view, 'canary', release), stable: decidedName(view, 'stable', release) }
      : { canary: say.shared.canary, stable: say.shared.stable }
    return (
      <RichText
        of={words.split({
          ...named,
          weight: format.number(Number(weight)),
          total: format.number(Number(total)),
        })}
      />
    )
  }
  return (
    <>
      <Glyph kind={to === 'unknown' ? 'unknown' : 'error'} /> <b>{words.nobody[to]}</b>
    </>
  )
}
