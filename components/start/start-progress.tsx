'use client'
import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { OperationSteps } from '@/components/operation/operation-steps'
import { Resume } from '@/components/operation/resume'
import { useMade } from '@/components/operation/use-made'
import { useOperation } from '@/components/operation/use-operation'
import { useWritingOff } from '@/components/operation/use-writing-off'
import { useLanguage } from '@/components/shell/language-context'
import { releaseHref } from '@/components/shell/release-href'
import { Bone } from '@/components/ui/bone'
import { Button, buttonClass } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { Strip } from '@/components/ui/strip'
import type { Operation } from '@/lib/domain/model/operation'

type Props = {
  cluster: string
  operation: string
  /** Other work took its place: *Retry* or *Remove* began it. */
  onNext: (operation: string) => void
  /** Begins anew on the same route; undefined where the address names none. */
  onStartOver: (() => void) | undefined
  takesFocus: boolean
}

/** How far the work is; what can be done where it stopped; where to go when it is done. It may be left at any time. */
export function StartProgress({ cluster, operation, onNext, onStartOver, takesFocus }: Props) {
  const { say } = useLanguage()
  const known = useOperation(cluster, operation)
  const place = useRef<HTMLDivElement>(null)
  const takes = useRef(takesFocus)
  useEffect(() => {
    if (takes.current) place.current?.focus()
  }, [])
  return (
    <div ref={place} tabIndex={-1} className="grid gap-5 scroll-mt-4">
      {known === undefined && <Bone className="h-40 w-full" />}
      {known === 'lost' && <Lost />}
      {known !== undefined && known !== 'lost' && (
        <>
          <Head operation={known} />
          <OperationSteps operation={known} />
          <End operation={known} onNext={onNext} onStartOver={onStartOver} />
        </>
      )}
      {known === 'lost' && onStartOver && (
        <Button className="justify-self-start" onClick={onStartOver}>
          {say.operation.again}
        </Button>
      )}
    </div>
  )
}

function Head({ operation: { kind, state, id } }: { operation: Operation }) {
  const { say } = useLanguage()
  const text = say.operation.head[kind][state](id.name)
  if (state === 'running')
    return (
      <div className="grid gap-1">
        <h3>{text}</h3>
        <p className="text-sm text-ink-soft">{say.operation.goesOn}</p>
      </div>
    )
  return (
    <h3 className={state === 'failed' ? 'text-bad' : 'text-ok'}>
      <Icon name={state === 'failed' ? 'error' : 'check'} /> {text}
    </h3>
  )
}

function End({
  operation,
  onNext,
  onStartOver,
}: {
  operation: Operation
  onNext: Props['onNext']
  onStartOver: Props['onStartOver']
}) {
  const { say } = useLanguage()
  const words = say.operation
  const { kind, state, id, steps, problem } = operation
  const off = useWritingOff(id.cluster)
  const objects = useMade(operation)
  const isDone = (name: string) => steps.some(({ step, state }) => step === name && state === 'done')
  /** A step that could not look says nothing of what is there. */
  const isGone = steps.every(({ state, params }) => state === 'done' || params.why === 'absent')
  const stands = kind === 'start' && isDone('ingress')
  const link = (
    <Link
      href={releaseHref(id)}
      className={`${buttonClass(state === 'done' ? 'go' : 'plain')} justify-self-start`}
    >
      {words.toRelease}
    </Link>
  )
  if (state === 'running')
    return kind === 'start' ? (
      <Resume id={id} objects={objects} goOn={undefined} off={off} onAccepted={onNext} />
    ) : null
  /** Whoever removes it has taken over: nothing of it stays. */
  if (problem?.code === 'operation-stopped') return null
  if (state === 'failed')
    return (
      <div className="grid gap-3">
        <p className="text-sm text-ink-soft">{words.stays}</p>
        {kind !== 'image' && (
          <Resume id={id} objects={objects} goOn={words.retry} off={off} onAccepted={onNext} />
        )}
        {stands && link}
      </div>
    )
  if (kind === 'remove')
    return (
      <div className="grid gap-3">
        {isGone && <p>{words.removed}</p>}
        {onStartOver && (
          <Button className="justify-self-start" onClick={onStartOver}>
            {words.again}
          </Button>
        )}
      </div>
    )
  return (
    <div className="grid gap-3">
      {!isDone('traffic') && <p>{words.started}</p>}
      {link}
    </div>
  )
}

function Lost() {
  const { lost } = useLanguage().say.operation
  return (
    <Strip tone="warn" role="alert">
      <p className="font-semibold">{lost.title}</p>
      <p>
        {lost.text}{' '}
        <Link className="link" href="/">
          {lost.toBoard}
        </Link>
      </p>
    </Strip>
  )
}
