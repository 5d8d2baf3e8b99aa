'use client'
import { useId } from 'react'
import { useContact, useLiveValue } from '@/components/live'
import { Command } from '@/components/release/try/command'
import { Marks } from '@/components/release/try/marks'
import { Place } from '@/components/release/try/place'
import { SentLine } from '@/components/release/try/sent-line'
import { needsHost, presetsOf } from '@/components/release/try/typed'
import type { Trial } from '@/components/release/try/use-trial'
import { Verdict } from '@/components/release/try/verdict'
import { useLanguage } from '@/components/shell/language-context'
import { RichText } from '@/components/shell/rich-text'
import { Button, LinkButton } from '@/components/ui/button'
import type { Release } from '@/lib/domain/model/release'

/** *Try a request*: typed by hand or taken from the rules, told rung by rung, written as curl, and sent for real. */
export function TryRequest({
  release,
  trial,
  gateway,
  drafting,
}: {
  release: Release
  trial: Trial
  gateway: string | null
  /** Is there a draft of the rules, which is not what requests are decided by? */
  drafting: boolean
}) {
  const { say } = useLanguage()
  const words = say.trial
  const id = useId()
  const { draft, route, complete } = trial
  return (
    <section
      aria-labelledby={id}
      className="grid gap-3 self-start rounded-md border border-line bg-sheet p-4 [&_input]:bg-paper"
    >
      <div className="flex items-baseline justify-between gap-3">
        <h3 id={id}>{words.heading}</h3>
        <LinkButton className="text-sm" onClick={trial.clear}>
          {words.clear}
        </LinkButton>
      </div>
      <Presets release={release} trial={trial} />
      <div className="grid gap-2">
        <Place trial={trial} />
        <Marks trial={trial} />
      </div>
      {drafting && <p className="text-sm text-warn">{words.drafting}</p>}
      {complete ? (
        <Told release={release} trial={trial} gateway={gateway} />
      ) : (
        <p role="status" className="text-sm text-ink-soft">
          {needsHost(route, draft) ? <RichText of={words.typeHost(route?.host ?? '')} /> : words.correct}
        </p>
      )}
    </section>
  )
}

/** What a rule asks for, at one stroke. */
function Presets({ release, trial }: { release: Release; trial: Trial }) {
  const { say } = useLanguage()
  const words = say.trial
  const presets = presetsOf(release)
  if (presets.length === 1) return null
  return (
    <fieldset className="m-0 flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 border-0 p-0 text-sm">
      <legend className="float-left mr-2 p-0 text-ink-soft">{words.presets}</legend>
      {presets.map(preset => (
        <Button
          key={preset.name}
          className="h-7! px-2! text-sm max-md:h-9!"
          reason={preset.rows === null ? words.needsExample : undefined}
          onClick={() => trial.carry(preset)}
        >
          {words.preset[preset.name]}
        </Button>
      ))}
    </fieldset>
  )
}

function Told({ release, trial, gateway }: { release: Release; trial: Trial; gateway: string | null }) {
  const { say } = useLanguage()
  const words = say.trial
  const lost = useContact()?.state === 'lost'
  const cluster = useLiveValue(`cluster/${release.id.cluster}`)
  const stale = lost || (cluster !== undefined && cluster?.state !== 'live')
  return (
    <>
      <Verdict release={release} trial={trial} stale={stale} />
      <Command gateway={gateway} typed={trial.typed}>
        <Button
          reason={lost ? say.traffic.offContact : undefined}
          disabled={trial.sending}
          onClick={trial.send}
        >
          {trial.sending ? words.sending : words.send}
        </Button>
      </Command>
      <div role="status">{trial.sent && <SentLine release={release} sent={trial.sent} />}</div>
    </>
  )
}
