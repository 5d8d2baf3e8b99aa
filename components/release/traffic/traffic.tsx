'use client'
import { memo, useState } from 'react'
import { ApplyRow } from '@/components/release/traffic/apply-row'
import { Effect } from '@/components/release/traffic/effect'
import { Ends } from '@/components/release/traffic/ends'
import { ToAll } from '@/components/release/traffic/to-all'
import { useWeightDraft } from '@/components/release/traffic/use-weight-draft'
import { useFocusKept } from '@/components/release/use-focus-kept'
import { useLanguage } from '@/components/shell/language-context'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/section'
import { Slider } from '@/components/ui/slider'
import { type ObservedMark, SplitBar } from '@/components/ui/split-bar'
import { Strip } from '@/components/ui/strip'
import type { Release } from '@/lib/domain/model/release'
import { problemText } from '@/lib/language/problem'

/** `off` is why nothing can be applied now, in words, or undefined. `observed` is null where nothing was observed; then `unseen` says why. */
export type TrafficProps = {
  release: Release
  observed: ObservedMark | null
  unseen: string
  off: string | undefined
  /** Is it known how many pods answer? */
  counted: boolean
}

/** The weight: what is configured, what is drafted and what is observed on one axis, and the controls that move it. */
export const Traffic = memo(function Traffic({ release, observed, unseen, off, counted }: TrafficProps) {
  const { say, format, language } = useLanguage()
  const [asking, setAsking] = useState(false)
  const hand = useWeightDraft(release)
  const { draft, writing, change, drop, apply } = hand
  const place = useFocusKept<HTMLDivElement>(draft !== undefined)
  const total = draft?.weightTotal ?? release.weightTotal
  const configured = (release.weight / release.weightTotal) * total
  const weight = draft?.weight ?? release.weight
  const idle = release.state === 'dead' || (counted && release.canary.endpoints.ready === 0)
  const fact = (idle ? say.traffic.factIdle : say.traffic.fact)(release.weight, release.weightTotal)
  const [figure, all] = [format.number(weight), format.number(total)]

  const begin = () => (weight >= total ? setAsking(true) : apply())
  const applyNow = () => {
    setAsking(false)
    apply()
  }
  return (
    <Section title={say.traffic.heading} fact={fact}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter and Esc work from every control inside */}
      <div
        ref={place}
        aria-busy={writing !== undefined}
        onKeyDown={event => {
          if (event.key === 'Escape') drop()
          const field =
            event.target instanceof HTMLInputElement && event.target.getAttribute('aria-invalid') === null
          if (event.key === 'Enter' && field && draft && !off) begin()
        }}
      >
        <Ends release={release} draft={draft} />
        <div className={release.owner ? 'opacity-60' : ''}>
          <SplitBar
            weight={configured}
            total={total}
            draft={weight}
            observed={observed}
            text={{
              summary: say.traffic.sliderSays(figure, all, format.number(release.weight)),
              configured: say.traffic.configured(
                format.number(release.weight),
                format.number(release.weightTotal),
              ),
              draft: say.traffic.draft(figure),
              observed: observed ? say.traffic.observed(format.percent(observed.share)) : unseen,
              ...(observed && {
                band: say.traffic.band(
                  format.number(Math.round(observed.low * 1000) / 10),
                  format.number(Math.round(observed.high * 1000) / 10),
                ),
              }),
            }}
          />
        </div>
        {release.owner ? (
          <p className="mt-2 text-sm text-ink-soft">{off}</p>
        ) : (
          <>
            <Slider
              value={weight}
              max={total}
              label={say.traffic.slider}
              says={say.traffic.sliderSays(figure, all, format.number(configured))}
              figure={format.number}
              onChange={to => change({ weight: to })}
            />
            <ApplyRow release={release} hand={hand} off={off} onApply={begin} />
          </>
        )}
        {hand.overtaken && draft && (
          <Overtaken
            release={release}
            draftText={figure}
            before={draft.base.weight}
            onApply={begin}
            off={off}
          />
        )}
        {hand.problem && (
          <p role="alert" className="mt-3 text-bad">
            {problemText(hand.problem, language)}
          </p>
        )}
        {(draft || !off) && <Effect release={release} draft={draft} counted={counted} />}
      </div>
      <ToAll
        open={asking}
        release={release}
        total={total}
        counted={counted}
        onApply={applyNow}
        onClose={() => setAsking(false)}
      />
    </Section>
  )
})

/** Somebody else wrote while the hand was drafting: who and what; the draft stays, and is asked for again. */
function Overtaken({
  release,
  draftText,
  before,
  off,
  onApply,
}: {
  release: Release
  draftText: string
  before: number
  off: string | undefined
  onApply: () => void
}) {
  const { say, format } = useLanguage()
  const words = say.traffic.someoneElse
  const who = release.changedBy ?? words.nobody
  const [was, is] = [format.number(before), format.number(release.weight)]
  return (
    <div className="mt-3">
      <Strip
        tone="warn"
        role="alert"
        actions={
          <Button kind="go" reason={off} onClick={onApply}>
            {say.traffic.apply(is, draftText)}
          </Button>
        }
      >
        <b>{was === is ? words.other(who) : words.head(who, was, is)}</b> {words.keep(draftText)}
      </Strip>
    </div>
  )
}
