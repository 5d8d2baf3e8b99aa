'use client'
import { useEffect, useRef } from 'react'
import { nameOf } from '@/components/release/name-of'
import { useFixedBuild } from '@/components/release/use-fixed-build'
import { useLanguage } from '@/components/shell/language-context'
import { RichText } from '@/components/shell/rich-text'
import { tagRange } from '@/components/start/start-draft'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { KeyCap } from '@/components/ui/key-cap'
import { SelectField } from '@/components/ui/select-field'
import type { Operation } from '@/lib/domain/model/operation'
import type { Release } from '@/lib/domain/model/release'
import { problemText } from '@/lib/language/problem'

/** `work`: the latest work on the release; `off`: why nothing can be written now. */
type Props = { release: Release; work: Operation | undefined; off: string | undefined }

/** Another image for the canary of this release: parks first, stays parked, and says so before and after. */
export function FixedBuild({ release, work, off }: Props) {
  const { say } = useLanguage()
  const words = say.operation.image
  const hand = useFixedBuild(release)
  const button = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(false)
  const isOpen = hand.draft !== undefined
  useEffect(() => {
    if (!isOpen && wasOpen.current) button.current?.focus()
    wasOpen.current = isOpen
  }, [isOpen])
  const isAwaited = hand.begun !== undefined && work?.operation !== hand.begun
  if (release.canary.deployments.length === 0 || work?.state === 'running') return null
  if (isOpen) return <Form release={release} hand={hand} off={off} />
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1">
      <Button ref={button} reason={off} disabled={isAwaited} onClick={hand.open}>
        {isAwaited ? words.sending : words.act}
      </Button>
      {off && <span className="text-sm text-ink-soft">{off}</span>}
    </div>
  )
}

function Form({
  release,
  hand,
  off,
}: {
  release: Release
  hand: ReturnType<typeof useFixedBuild>
  off: string | undefined
}) {
  const { say, language } = useLanguage()
  const words = say.operation.image
  const place = useRef<HTMLFormElement>(null)
  const { draft, problem, sending } = hand
  const present = useRef(draft?.image ?? '')
  useEffect(() => {
    const field = place.current?.querySelector('input')
    field?.setSelectionRange(...tagRange(present.current))
    field?.focus()
  }, [])
  if (!draft) return null
  const told = problem && problemText(problem, language)
  const atField = problem?.field === 'image' ? told : undefined
  const isSame = release.canary.deployments.some(each => each.image === draft.image.trim())
  return (
    <form
      ref={place}
      noValidate
      className="mt-3 grid gap-3 rounded-md border border-line bg-sheet p-4"
      onKeyDown={event => event.key === 'Escape' && !sending && hand.close()}
      onSubmit={event => {
        event.preventDefault()
        if (!off) hand.deploy()
      }}
    >
      <Field
        mono
        className="w-full"
        label={words.field}
        value={draft.image}
        maxLength={600}
        problem={atField}
        warning={isSame ? words.same : undefined}
        onChange={event => hand.change({ image: event.currentTarget.value })}
      />
      {draft.containers.length > 0 && (
        <SelectField
          label={words.container}
          options={draft.containers}
          value={draft.container}
          problem={problem?.code === 'ambiguous-container' ? told : undefined}
          onChange={event => hand.change({ container: event.currentTarget.value })}
        />
      )}
      <p className="max-w-[60ch] text-sm">
        <RichText of={words.effect(nameOf(release.stable))} />
      </p>
      {told && !atField && problem?.code !== 'ambiguous-container' && (
        <p role="alert" className="text-bad">
          {told}
        </p>
      )}
      <div className="flex flex-wrap gap-x-3 gap-y-2">
        <Button kind="go" type="submit" reason={off} aria-disabled={sending}>
          {sending ? words.sending : words.confirm} <KeyCap>Enter</KeyCap>
        </Button>
        <Button kind="quiet" disabled={sending} onClick={hand.close}>
          {words.cancel} <KeyCap>Esc</KeyCap>
        </Button>
      </div>
      {off && <p className="text-sm text-ink-soft">{off}</p>}
    </form>
  )
}
