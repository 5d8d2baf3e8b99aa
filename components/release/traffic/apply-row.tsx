import { useState } from 'react'
import type { useWeightDraft } from '@/components/release/traffic/use-weight-draft'
import { inTotal, stepsOf } from '@/components/release/traffic/weight-draft'
import { useLanguage } from '@/components/shell/language-context'
import { useKubeContext } from '@/components/shell/use-kube-context'
import { Button, LinkButton } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { KeyCap } from '@/components/ui/key-cap'
import { NumberField } from '@/components/ui/number-field'
import { Segments } from '@/components/ui/segments'
import { annotateCommand } from '@/lib/domain/kubectl'
import type { Release } from '@/lib/domain/model/release'
import { totalsOf, weightPatch } from '@/lib/domain/weight'

type Props = {
  release: Release
  hand: ReturnType<typeof useWeightDraft>
  off: string | undefined
  onApply: () => void
}

/** Number, steps and total; *Apply 20 → 50* and *Drop draft*; the exact patch, and the same as kubectl. */
export function ApplyRow({ release, hand, off, onApply }: Props) {
  const { say, format } = useLanguage()
  const { draft, writing, change, drop } = hand
  const total = draft?.weightTotal ?? release.weightTotal
  const weight = draft?.weight ?? release.weight
  const [from, to] = [format.number(release.weight), format.number(weight)]
  const steps = stepsOf(total).map(value => ({ value, text: format.number(value) }))
  return (
    <>
      <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-3">
        <span className="inline-flex items-center gap-2">
          <span className="text-ink-soft" aria-hidden="true">
            {say.traffic.weight}
          </span>
          <NumberField
            value={weight}
            max={total}
            label={say.traffic.weight}
            wrongText={say.traffic.outOfRange(format.number(total))}
            onChange={to => change({ weight: to })}
          />
          <TotalChoice
            release={release}
            total={total}
            onChange={next => change({ weightTotal: next, weight: inTotal(weight, total, next) })}
          />
        </span>
        <Segments
          options={steps}
          value={steps.some(step => step.value === weight) ? weight : null}
          label={say.traffic.steps}
          onChange={to => change({ weight: to })}
        />
        {draft && (
          <>
            <Button kind="go" reason={off} disabled={writing !== undefined} onClick={onApply}>
              {writing ? say.traffic.applying(from, to) : say.traffic.apply(from, to)} <KeyCap>Enter</KeyCap>
            </Button>
            <Button kind="quiet" disabled={writing !== undefined} onClick={drop}>
              {say.traffic.drop} <KeyCap>Esc</KeyCap>
            </Button>
          </>
        )}
        {draft && <Patch release={release} weight={weight} total={total} />}
      </div>
      {off && <p className="mt-2 text-sm text-ink-soft">{off}</p>}
    </>
  )
}

function TotalChoice({
  release,
  total,
  onChange,
}: {
  release: Release
  total: number
  onChange: (total: number) => void
}) {
  const { say, format } = useLanguage()
  return (
    <select
      aria-label={say.traffic.total}
      className="h-(--ctl) rounded-md border border-transparent bg-transparent px-1 text-ink-soft hover:border-line-strong"
      value={total}
      onChange={event => onChange(Number(event.currentTarget.value))}
    >
      {totalsOf(release).map(each => (
        <option key={each} value={each}>
          {say.traffic.of(format.number(each))}
        </option>
      ))}
    </select>
  )
}

/** The write as it would be made: the merge patch on demand, and the same as kubectl. */
function Patch({ release, weight, total }: { release: Release; weight: number; total: number }) {
  const { say } = useLanguage()
  const [shown, setShown] = useState(false)
  const context = useKubeContext(release.id.cluster)
  const patch = weightPatch(release, { weight, weightTotal: total })
  if (!patch.ok) return null
  return (
    <>
      <span className="ml-auto inline-flex items-center gap-2">
        <LinkButton className="text-sm" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? say.traffic.hidePatch : say.traffic.patch}
        </LinkButton>
        <CopyButton
          text={annotateCommand({ ...release.id, context }, patch.value)}
          label={say.shared.copyAsKubectl}
          done={say.shared.copied}
          failed={say.shared.notCopied}
        />
      </span>
      {shown && (
        <pre className="basis-full rounded-md bg-sunk px-3 py-2.5 font-mono text-xs/[18px] whitespace-pre-wrap">
          {JSON.stringify(patch.value, null, 2)}
        </pre>
      )}
    </>
  )
}
