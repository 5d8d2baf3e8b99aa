'use client'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useLanguage } from '@/components/shell/language-context'
import { RichText } from '@/components/shell/rich-text'
import { DryRun } from '@/components/start/dry-run'
import { ReviewObjects } from '@/components/start/review-objects'
import { isParked } from '@/components/start/start-draft'
import { OpenStep } from '@/components/start/step-frame'
import type { StartHand } from '@/components/start/use-start'
import { Button, LinkButton } from '@/components/ui/button'
import { Strip } from '@/components/ui/strip'
import { problemText } from '@/lib/language/problem'

type Props = {
  hand: StartHand
  /** Names of the stable version's Deployment, Service and Ingress. */
  stable: readonly string[]
  /** Why nothing can be created now, in words. */
  off: string | undefined
  /** A release that has appeared on this route since it was read. */
  taken: { name: string; href: string } | undefined
  /** The work that *Create* began, once it did. */
  progress: ReactNode
}

/** The last step: exactly what would be created, what the cluster and the linter say of it, and *Create*. */
export function ReviewStep({ hand, stable, off, taken, progress }: Props) {
  const { say } = useLanguage()
  const words = say.start.review
  const { reviewed, isFresh, open, busy } = hand
  const isStale = !isFresh || open !== 'review'
  return (
    <OpenStep
      isWide
      step="review"
      fact={words.fact}
      takesFocus={hand.isMoved && open === 'review' && !progress}
    >
      {reviewed && (
        <div className="grid gap-8 min-[1000px]:grid-cols-[minmax(0,1fr)_380px]">
          <div className={isStale && !progress ? 'min-w-0 opacity-60' : 'min-w-0'}>
            <ReviewObjects review={reviewed.review} stable={stable} />
          </div>
          <div className="grid min-w-0 content-start gap-4">
            {isStale && !progress && <Stale hand={hand} />}
            {taken && !progress && (
              <Strip tone="warn" role="alert">
                {words.taken(taken.name)}{' '}
                <Link className="link" href={taken.href}>
                  {say.start.toRelease(taken.name)}
                </Link>
              </Strip>
            )}
            <div className={isStale && !progress ? 'opacity-60' : ''}>
              <DryRun reviewed={reviewed} onAgain={progress || isStale || busy ? undefined : hand.review} />
            </div>
            {progress || <Create hand={hand} off={taken ? words.taken(taken.name) : off} isStale={isStale} />}
          </div>
        </div>
      )}
    </OpenStep>
  )
}

/** Says that the review below does not hold any more, and why. */
function Stale({ hand: { reviewed, busy, open, review } }: { hand: StartHand }) {
  const { say } = useLanguage()
  const words = say.start.review
  return (
    <Strip tone="warn">
      {busy ? words.asking : reviewed?.isRefuted ? words.refuted : words.stale}{' '}
      {!busy && open === 'review' && <LinkButton onClick={review}>{words.checkAgain}</LinkButton>}
    </Strip>
  )
}

function Create({ hand, off, isStale }: { hand: StartHand; off: string | undefined; isStale: boolean }) {
  const { say, language } = useLanguage()
  const words = say.start.review
  const { reviewed, draft, busy, problem } = hand
  if (!reviewed) return null
  const { id, refusals, pages } = reviewed.review
  const effect = isParked(draft) ? words.effect : words.effectThen
  const reason = off ?? (isStale ? words.offStale : refusals.length > 0 ? words.offRefused : undefined)
  return (
    <div className="grid gap-2">
      {!reason && (
        <p className="text-sm">
          <RichText of={effect(id.cluster, pages[0].name)} />
        </p>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button kind="go" reason={reason} aria-disabled={busy !== undefined} onClick={hand.create}>
          {busy === 'create' ? words.creating : busy ? say.start.checking : words.create}
        </Button>
        {reason ? (
          <span className="text-sm text-ink-soft">{reason}</span>
        ) : (
          <span className="text-sm text-ink-soft">{say.operation.goesOn}</span>
        )}
      </div>
      {problem && (
        <p role="alert" className="text-bad">
          {problemText(problem, language)} {say.start.mend(problem)}
        </p>
      )}
    </div>
  )
}
