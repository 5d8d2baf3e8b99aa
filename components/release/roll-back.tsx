'use client'
import { useEffect, useRef } from 'react'
import { nameOf } from '@/components/release/name-of'
import type { useRollBack } from '@/components/release/use-roll-back'
import { useLanguage } from '@/components/shell/language-context'
import { RichText } from '@/components/shell/rich-text'
import { Button } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { KeyCap } from '@/components/ui/key-cap'
import type { Release } from '@/lib/domain/model/release'
import { problemText } from '@/lib/language/problem'

/** The one button back to stable: always there, never off. The confirmation appears in place, with focus, which returns. */
export function RollBack({ release, hand }: { release: Release; hand: ReturnType<typeof useRollBack> }) {
  const { say } = useLanguage()
  const { state, ask } = hand
  const button = useRef<HTMLButtonElement>(null)
  const asked = useRef(false)
  const open = state.step === 'asking' || state.step === 'writing'
  useEffect(() => {
    if (!open && asked.current) button.current?.focus()
    asked.current = open
  }, [open])
  if (open) return <Question release={release} hand={hand} />
  return (
    <Button ref={button} kind="ink" onClick={ask}>
      <Icon name="back" /> {say.release.rollBack.act}
    </Button>
  )
}

function Question({ release, hand }: { release: Release; hand: ReturnType<typeof useRollBack> }) {
  const { say, language } = useLanguage()
  const { state, confirm, drop } = hand
  const focus = useRef<HTMLButtonElement>(null)
  const words = say.release.rollBack
  const { owner, rules, affinity, stable, id } = release
  const writing = state.step === 'writing'
  useEffect(() => focus.current?.focus(), [])
  return (
    <fieldset
      className="flex min-w-0 flex-wrap items-center justify-end gap-x-3 gap-y-2"
      onKeyDown={event => event.key === 'Escape' && !writing && drop()}
    >
      <legend className="sr-only">{words.act}</legend>
      <p id="roll-back-effect" className="max-w-[60ch] text-sm">
        {owner && (
          <>
            <RichText of={words.owned(`${owner.kind} ${owner.name}`)} />{' '}
          </>
        )}
        <RichText
          of={words.question({
            stable: nameOf(stable),
            cluster: id.cluster,
            rules: rules.header !== null || rules.cookie !== null,
            affinity: affinity !== 'none',
          })}
        />
        {state.step === 'asking' && state.problem && (
          <span role="alert" className="block text-bad">
            {problemText(state.problem, language)}
          </span>
        )}
      </p>
      <Button
        ref={focus}
        kind="ink"
        aria-describedby="roll-back-effect"
        aria-disabled={writing}
        onClick={() => !writing && confirm()}
      >
        {writing ? words.writing : owner ? words.confirmOwned : words.confirm} <KeyCap>Enter</KeyCap>
      </Button>
      <Button kind="quiet" disabled={writing} onClick={drop}>
        {words.cancel} <KeyCap>Esc</KeyCap>
      </Button>
    </fieldset>
  )
}
