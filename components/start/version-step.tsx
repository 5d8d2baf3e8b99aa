'use client'
import { useLayoutEffect, useRef, useState } from 'react'
import { useLanguage } from '@/components/shell/language-context'
import { EnvRows } from '@/components/start/env-rows'
import { NameFields } from '@/components/start/name-fields'
import { clonedAnew, sourceOf, tagRange } from '@/components/start/start-draft'
import { StepEnd } from '@/components/start/step-end'
import { OpenStep } from '@/components/start/step-frame'
import type { StartHand } from '@/components/start/use-start'
import { Field } from '@/components/ui/field'
import { SelectField } from '@/components/ui/select-field'
import type { StartOffer } from '@/lib/domain/model/start'
import { problemText } from '@/lib/language/problem'

/** The second step: what the new version is, everything pre-filled from the stable one. */
export function VersionStep({
  offer,
  hand,
  off,
}: {
  offer: StartOffer
  hand: StartHand
  off: string | undefined
}) {
  const { say } = useLanguage()
  const { draft } = hand
  /** Nothing on the page has the focus yet: this is where one begins. */
  const [isFirst] = useState(() => document.activeElement === document.body)
  return (
    <OpenStep
      step="version"
      fact={say.start.version.fact(draft.deployment)}
      takesFocus={hand.isMoved || isFirst}
    >
      <form
        noValidate
        className="grid max-w-180 gap-5"
        onSubmit={event => {
          event.preventDefault()
          if (!off) hand.proceed()
        }}
      >
        <Sources offer={offer} hand={hand} />
        <ImageField offer={offer} hand={hand} />
        <NameFields offer={offer} hand={hand} />
        <EnvRows from={draft.deployment} hand={hand} />
        <StepEnd hand={hand} off={off} />
      </form>
    </OpenStep>
  )
}

/** Which Deployment and which container, where there is more than one. */
function Sources({ offer, hand }: { offer: StartOffer; hand: StartHand }) {
  const { say, language } = useLanguage()
  const words = say.start.version
  const { draft, change, problemOf } = hand
  const containers = sourceOf(offer, draft).deployment?.containers ?? []
  const told = (field: string) => {
    const problem = problemOf(field)
    return problem && problemText(problem, language)
  }
  if (offer.deployments.length < 2 && containers.length < 2) return null
  return (
    <div className="grid gap-5 md:grid-cols-2">
      {offer.deployments.length > 1 && (
        <SelectField
          label={words.deployment}
          options={offer.deployments.map(each => each.name)}
          value={draft.deployment}
          problem={told('deployment')}
          onChange={event => change(clonedAnew(offer, draft, event.currentTarget.value))}
        />
      )}
      {containers.length > 1 && (
        <SelectField
          label={words.container}
          options={containers.map(each => each.name)}
          value={draft.container}
          problem={told('container')}
          onChange={event => change(clonedAnew(offer, draft, draft.deployment, event.currentTarget.value))}
        />
      )}
    </div>
  )
}

/** The image, pre-filled; its tag is selected, so that one types it over. */
function ImageField({ offer, hand }: { offer: StartOffer; hand: StartHand }) {
  const { say, language } = useLanguage()
  const field = useRef<HTMLInputElement>(null)
  const { draft, change, problemOf } = hand
  const told = problemOf('image')
  const first = useRef(draft.image)
  useLayoutEffect(() => field.current?.setSelectionRange(...tagRange(first.current)), [])
  const isSame = sourceOf(offer, draft).container?.image === draft.image.trim()
  return (
    <Field
      ref={field}
      data-first
      mono
      label={say.start.version.image}
      className="w-full"
      value={draft.image}
      maxLength={600}
      problem={told && problemText(told, language)}
      warning={isSame ? say.start.version.same(draft.deployment) : undefined}
      onChange={event => change({ image: event.currentTarget.value })}
    />
  )
}
