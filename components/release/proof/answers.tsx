import { memo, useMemo, useState } from 'react'
import { useLanguage } from '@/components/shell/language-context'
import { DotMatrix } from '@/components/ui/dot-matrix'
import { Glyph } from '@/components/ui/glyph'
import type { Answered, Samples } from '@/lib/domain/model/samples'

const KINDS: readonly Answered[] = ['stable', 'canary', 'unknown', 'error']

/** `stable` and `canary` are their names. */
type Props = { stable: string; canary: string; samples: Samples }

/** The last answers without a mark, as a field of dots with its counts, and one of them in words on demand. */
export const Answers = memo(function Answers({ stable, canary, samples }: Props) {
  const { say, format } = useLanguage()
  const [picked, setPicked] = useState<number | null>(null)
  const answers = useMemo(() => samples.recent.filter(([, lane]) => lane === 'everyone'), [samples.recent])
  const matrix = useMemo(() => answers.map(([, , answered]) => answered), [answers])
  const names: Record<Answered, string> = {
    stable,
    canary,
    unknown: say.proof.unknown,
    error: say.proof.error,
  }
  const counts = KINDS.map(kind => ({
    kind,
    count: answers.filter(([, , answered]) => answered === kind).length,
  }))
  const chosen = picked === null ? undefined : answers[picked]
  const says = chosen
    ? say.proof.answer({
        clock: format.clock(new Date(chosen[0]).toISOString()),
        version: names[chosen[2]],
        status: chosen[3] ? String(chosen[3]) : '',
        ms: format.number(Math.round(chosen[4])),
        early: chosen[5] === 1,
        pod: chosen[6],
      })
    : say.proof.pick
  const label = say.proof.matrix(
    format.comma(counts.map(({ kind, count }) => `${names[kind]} ${format.number(count)}`)),
  )
  if (answers.length === 0)
    return (
      <div className="min-w-0">
        <h3 className="mb-3">{say.proof.lastNone}</h3>
        <p className="text-ink-soft">{say.proof.lastWaiting}</p>
      </div>
    )
  return (
    <div className="min-w-0">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-3">
        <h3>{say.proof.last(format.number(answers.length))}</h3>
        <span className="text-xs text-ink-soft">{say.proof.lastHint}</span>
      </div>
      <DotMatrix
        answers={matrix}
        seen={samples.answeredSoFar}
        label={label}
        picked={picked}
        says={says}
        onPick={setPicked}
      />
      <p className="mt-2.5 flex flex-wrap gap-x-3.5 text-xs text-ink-soft">
        {counts.map(({ kind, count }) => (
          <span key={kind}>
            <Glyph kind={kind} /> <span>{names[kind]}</span>{' '}
            <b className="text-ink">{format.number(count)}</b>
          </span>
        ))}
      </p>
      <p className="mt-1 min-h-8 text-xs text-ink-soft" aria-hidden="true">
        {says}
      </p>
    </div>
  )
})
