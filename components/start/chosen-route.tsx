'use client'
import Link from 'next/link'
import { useLanguage } from '@/components/shell/language-context'
import { releaseHref } from '@/components/shell/release-href'
import type { RouteAddress } from '@/components/start/start-address'
import { StartSteps } from '@/components/start/start-steps'
import { WaitingStep } from '@/components/start/step-frame'
import { useOffer } from '@/components/start/use-offer'
import { Bone } from '@/components/ui/bone'
import { LinkButton } from '@/components/ui/button'
import { Strip } from '@/components/ui/strip'
import { problemText, type Told } from '@/lib/language/problem'

type Props = {
  cluster: string
  route: RouteAddress
  operation: string | null
  onOperation: (operation: string | null) => void
}

/** What a chosen route offers: the steps that follow, or why no release can be started on it and what to do. */
export function ChosenRoute({ cluster, route, operation, onOperation }: Props) {
  const { say } = useLanguage()
  const { offered, again } = useOffer(cluster, route)
  const obstacle = offered.state === 'read' ? offered.offer.obstacle : null
  if (offered.state === 'read' && !obstacle) {
    const over = (next: string | null) => {
      onOperation(next)
      if (next === null) again()
    }
    return (
      <StartSteps
        key={offered.round}
        {...{ cluster, route, operation }}
        offer={offered.offer}
        onOperation={over}
      />
    )
  }
  const told = offered.state === 'failed' ? offered.problem : obstacle
  return (
    <>
      {told ? (
        <div className="border-t border-line py-4">
          <Obstacle
            told={told}
            head={offered.state === 'failed' ? say.start.noContact : say.start.obstacle}
            place={{ cluster, namespace: route.namespace }}
            onAgain={again}
          />
        </div>
      ) : (
        <div className="late grid gap-4 border-t border-line py-4" aria-busy="true">
          <p className="sr-only">{say.start.reading}</p>
          <Bone className="h-6 w-1/3" />
          <Bone className="h-24 w-2/3" />
        </div>
      )}
      {told && <WaitingStep step="version" />}
      <WaitingStep step="traffic" />
      <WaitingStep step="review" />
    </>
  )
}

function Obstacle({
  told,
  head,
  place,
  onAgain,
}: {
  told: Told
  head: string
  place: { cluster: string; namespace: string }
  onAgain: () => void
}) {
  const { say, language } = useLanguage()
  const { release, namespace } = told.params ?? {}
  const other =
    told.code === 'already-released' && typeof release === 'string'
      ? { ...place, ...(typeof namespace === 'string' && { namespace }), name: release }
      : undefined
  return (
    <Strip tone="bad" role="alert" actions={<LinkButton onClick={onAgain}>{say.start.again}</LinkButton>}>
      <p>
        <b>{head}</b> {problemText(told, language)}
      </p>
      <p>
        {say.start.mend(told)}{' '}
        {other && (
          <Link className="link" href={releaseHref(other)}>
            {say.start.toRelease(other.name)}
          </Link>
        )}
      </p>
    </Strip>
  )
}
