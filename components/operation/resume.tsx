'use client'
import { type ReactNode, useEffect, useRef } from 'react'
import { useResume } from '@/components/operation/use-resume'
import { useLanguage } from '@/components/shell/language-context'
import { RichText } from '@/components/shell/rich-text'
import { Button } from '@/components/ui/button'
import { KeyCap } from '@/components/ui/key-cap'
import type { ReleaseId } from '@/lib/domain/model/release'
import { problemText } from '@/lib/language/problem'

type Props = {
  id: ReleaseId
  /** What would be deleted, e.g. "Deployment user-v2 and Service service-user-v2"; "" where it is not known. */
  objects: string
  /** What going on is called here: *Retry* after a failure, else *Continue*; undefined while it goes on anyway. */
  goOn: string | undefined
  /** Why neither can be done now, in words. */
  off: string | undefined
  onAccepted: (operation: string) => void
}

/** *Continue* or *Retry*, and *Remove*, which asks in place first and states the effect. */
export function Resume({ id, objects, goOn, off, onAccepted }: Props) {
  const { say, language } = useLanguage()
  const words = say.operation
  const hand = useResume(id, onAccepted)
  const { state } = hand
  const button = useRef<HTMLButtonElement>(null)
  const wasAsked = useRef(false)
  const isAsking = state.step === 'asking'
  useEffect(() => {
    if (!isAsking && wasAsked.current) button.current?.focus()
    wasAsked.current = isAsking
  }, [isAsking])
  const sending = state.step === 'sending' ? state.what : undefined
  if (isAsking)
    return (
      <Question onKeep={hand.keep} onRemove={hand.remove}>
        <RichText of={words.remove.question({ name: id.name, cluster: id.cluster, objects })} />
      </Question>
    )
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        {goOn !== undefined && (
          <Button kind="go" reason={off} disabled={sending !== undefined} onClick={hand.proceed}>
            {sending === 'continue' ? words.asking : goOn}
          </Button>
        )}
        <Button ref={button} reason={off} disabled={sending !== undefined} onClick={hand.ask}>
          {sending === 'remove' ? words.asking : words.remove.act}
        </Button>
      </div>
      {off && <p className="text-sm text-ink-soft">{off}</p>}
      {state.step === 'idle' && state.problem && (
        <p role="alert" className="text-bad">
          {problemText(state.problem, language)}
        </p>
      )}
    </div>
  )
}

function Question({
  onKeep,
  onRemove,
  children,
}: {
  onKeep: () => void
  onRemove: () => void
  children: ReactNode
}) {
  const { remove } = useLanguage().say.operation
  const focus = useRef<HTMLButtonElement>(null)
  useEffect(() => focus.current?.focus(), [])
  return (
    <fieldset
      className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-2"
      onKeyDown={event => event.key === 'Escape' && onKeep()}
    >
      <legend className="sr-only">{remove.act}</legend>
      <p className="max-w-[60ch] basis-full text-sm">{children}</p>
      <Button ref={focus} kind="ink" onClick={onRemove}>
        {remove.confirm} <KeyCap>Enter</KeyCap>
      </Button>
      <Button kind="quiet" onClick={onKeep}>
        {remove.cancel} <KeyCap>Esc</KeyCap>
      </Button>
    </fieldset>
  )
}
