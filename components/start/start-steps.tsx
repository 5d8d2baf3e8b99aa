'use client'
import { useWritingOff } from '@/components/operation/use-writing-off'
import { useLanguage } from '@/components/shell/language-context'
import { releaseHref } from '@/components/shell/release-href'
import { namesOf, stableNameOf } from '@/components/start/names'
import { OtherWork } from '@/components/start/other-work'
import { ReviewStep } from '@/components/start/review-step'
import type { RouteAddress } from '@/components/start/start-address'
import { STEPS, type StartStep } from '@/components/start/start-draft'
import { StartProgress } from '@/components/start/start-progress'
import { FoldedStep, WaitingStep } from '@/components/start/step-frame'
import { TrafficStep } from '@/components/start/traffic-step'
import { TrafficWords } from '@/components/start/traffic-words'
import { useRouteNow } from '@/components/start/use-route-now'
import { useStart } from '@/components/start/use-start'
import { VersionStep } from '@/components/start/version-step'
import { VersionWords } from '@/components/start/version-words'
import type { StartOffer } from '@/lib/domain/model/start'

type Props = {
  cluster: string
  route: RouteAddress
  offer: StartOffer
  /** The work begun here, once it was. */
  operation: string | null
  onOperation: (operation: string | null) => void
}

const reachedBy = (step: StartStep, reached: StartStep) => STEPS.indexOf(step) <= STEPS.indexOf(reached)

/** The steps after the route: each is done in its turn, folds to one line, and can be opened again until something is created. */
export function StartSteps({ cluster, route, offer, operation, onOperation }: Props) {
  const { say } = useLanguage()
  const hand = useStart({ cluster, route, offer, onAccepted: onOperation })
  const { draft, open, reached, reviewed } = hand
  const now = useRouteNow(cluster, route)
  const off = useWritingOff(cluster) ?? (now === null ? say.start.route.gone : undefined)
  const stable = [draft.deployment, offer.route.service, offer.route.ingress]
  const canary =
    (hand.isFresh ? reviewed?.review.pages[0].name : undefined) ??
    namesOf(offer, draft)?.deployment ??
    draft.suffix
  const release = now?.release
  const taken = release
    ? {
        name: release,
        href: releaseHref({ cluster, namespace: now.releaseNamespace ?? now.namespace, name: release }),
      }
    : undefined
  const isMade = operation !== null
  const changer = (step: StartStep) => (isMade || hand.busy ? undefined : () => hand.goTo(step))
  const isOpen = (step: StartStep) => open === step && !isMade
  const names = { stable: stableNameOf(offer), canary }
  return (
    <>
      {!isMade && <OtherWork cluster={cluster} route={route} name={draft.name} />}
      {isOpen('version') ? (
        <VersionStep offer={offer} hand={hand} off={off} />
      ) : (
        <FoldedStep step="version" onChange={changer('version')}>
          <VersionWords draft={draft} canary={canary} />
        </FoldedStep>
      )}
      {isOpen('traffic') && <TrafficStep hand={hand} {...names} off={off} />}
      {!isOpen('traffic') && reachedBy('traffic', reached) && (
        <FoldedStep step="traffic" onChange={changer('traffic')}>
          <TrafficWords draft={draft} {...names} />
        </FoldedStep>
      )}
      {!reachedBy('traffic', reached) && <WaitingStep step="traffic" />}
      {reachedBy('review', reached) ? (
        <ReviewStep
          hand={hand}
          stable={stable}
          off={off}
          taken={taken}
          progress={
            operation !== null && (
              <StartProgress
                cluster={cluster}
                operation={operation}
                onNext={onOperation}
                onStartOver={() => onOperation(null)}
                takesFocus
              />
            )
          }
        />
      ) : (
        <WaitingStep step="review" />
      )}
    </>
  )
}
