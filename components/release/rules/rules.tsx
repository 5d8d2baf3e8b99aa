'use client'
import { memo } from 'react'
import { nameOf } from '@/components/release/name-of'
import { CookieRung } from '@/components/release/rules/cookie-rung'
import { HeaderRung } from '@/components/release/rules/header-rung'
import { rulesOf } from '@/components/release/rules/rules-draft'
import { LastRung, Rung } from '@/components/release/rules/rung'
import { type RulesHand, useRulesDraft } from '@/components/release/rules/use-rules-draft'
import { TryRequest } from '@/components/release/try/try-request'
import { useTrial } from '@/components/release/try/use-trial'
import { useFocusKept } from '@/components/release/use-focus-kept'
import { useLanguage } from '@/components/shell/language-context'
import { useKubeContext } from '@/components/shell/use-kube-context'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { KeyCap } from '@/components/ui/key-cap'
import { Section } from '@/components/ui/section'
import { Strip } from '@/components/ui/strip'
import { annotateCommand } from '@/lib/domain/kubectl'
import type { Release } from '@/lib/domain/model/release'
import { draftPatch } from '@/lib/domain/rules'
import type { LadderRung } from '@/lib/domain/trial'
import { problemText } from '@/lib/language/problem'

/** The rules as a ladder, in the order in which the controller decides; edited in place as one draft. */
export const Rules = memo(function Rules({
  release,
  off,
  gateway,
}: {
  release: Release
  off: string | undefined
  /** Where the release's probes go; null where that is not known. */
  gateway: string | null
}) {
  const { say, format } = useLanguage()
  const words = say.rules
  const hand = useRulesDraft(release)
  const trial = useTrial(release)
  // The ladder shows a draft as soon as there is one; what is tried is decided by what is written.
  const hitAt = (rung: LadderRung) =>
    trial.deciding === rung && !hand.changed ? say.trial.decidesHere : undefined
  const { weight, weightTotal, affinity, state, owner } = release
  const held = owner !== null
  const place = useFocusKept<HTMLDivElement>(hand.changed)
  const dead = state === 'dead' ? words.dead : undefined
  const canary = { side: 'canary', name: nameOf(release.canary) } as const
  const rung = { present: release.rules, to: canary.name, hand, held, dead }
  const affinityText = {
    none: words.affinityNone,
    sticky: words.affinitySticky,
    legacy: words.affinityLegacy,
  }
  return (
    <Section title={words.heading} fact={words.fact}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,1fr)_minmax(340px,36%)]">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter and Esc work from every field inside */}
        <div
          ref={place}
          aria-busy={hand.writing}
          onKeyDown={event => {
            if (event.key === 'Escape') hand.drop()
            if (event.key === 'Enter' && event.target instanceof HTMLInputElement && !off) hand.apply()
          }}
        >
          <ol>
            <Rung number={1} name={words.affinity} skipped={affinity === 'none'} hit={hitAt('affinity')}>
              <span className="text-ink-soft">{affinityText[affinity]}</span>
            </Rung>
            <HeaderRung number={2} {...rung} hit={hitAt('header')} />
            <CookieRung number={3} {...rung} hit={hitAt('cookie')} />
            <Rung
              number={4}
              name={words.weight}
              to={canary}
              skipped={weight === 0}
              hit={hitAt('weight')}
              dead={weight > 0 ? dead : undefined}
              says={weight > 0 && affinity === 'none' && words.says.weight}
            >
              <span className={weight === 0 ? 'text-ink-soft' : ''}>
                {weight === 0
                  ? words.weightNone
                  : words.weightText(format.number(weight), format.number(weightTotal))}
              </span>
            </Rung>
            <LastRung name={words.everythingElse} to={nameOf(release.stable)} hit={hitAt('rest')} />
          </ol>
          <Acts release={release} hand={hand} off={off} />
        </div>
        <TryRequest release={release} trial={trial} gateway={gateway} drafting={hand.changed} />
      </div>
    </Section>
  )
})

function Acts({ release, hand, off }: { release: Release; hand: RulesHand; off: string | undefined }) {
  const { say, language } = useLanguage()
  const words = say.rules
  const context = useKubeContext(release.id.cluster)
  const copy = (
    <CopyButton
      text={annotateCommand({ ...release.id, context }, draftPatch(rulesOf(hand.shown)))}
      label={say.shared.copyAsKubectl}
      done={say.shared.copied}
      failed={say.shared.notCopied}
    />
  )
  if (!hand.changed && !hand.problem)
    return (
      <div className="mt-3 flex flex-wrap items-center gap-x-6 text-sm md:ml-10">
        {copy}
        <p className="text-ink-soft">{off ?? words.hint}</p>
      </div>
    )
  return (
    <div className="mt-4 grid gap-3 md:ml-10">
      {hand.overtaken && (
        <Strip tone="warn" role="alert">
          {words.someoneElse(release.changedBy ?? say.traffic.someoneElse.nobody)}
        </Strip>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button kind="go" reason={off} disabled={hand.writing} onClick={hand.apply}>
          {hand.writing ? words.applying : words.apply} <KeyCap>Enter</KeyCap>
        </Button>
        <Button kind="quiet" disabled={hand.writing} onClick={hand.drop}>
          {words.drop} <KeyCap>Esc</KeyCap>
        </Button>
        <span className="ml-2">{copy}</span>
      </div>
      {off && <p className="text-sm text-ink-soft">{off}</p>}
      {hand.problem && (
        <p role="alert" className="text-bad">
          {problemText(hand.problem, language)}
        </p>
      )}
    </div>
  )
}
