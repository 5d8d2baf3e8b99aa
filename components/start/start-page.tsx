'use client'
import { useState } from 'react'
import { useLive } from '@/components/live'
import { useLanguage } from '@/components/shell/language-context'
import { RichText } from '@/components/shell/rich-text'
import { ChosenRoute } from '@/components/start/chosen-route'
import { RouteList } from '@/components/start/route-list'
import { RouteWords } from '@/components/start/route-words'
import type { RouteAddress, StartAddress } from '@/components/start/start-address'
import { StartProgress } from '@/components/start/start-progress'
import { FoldedStep, OpenStep, WaitingStep } from '@/components/start/step-frame'
import { useRouteNow } from '@/components/start/use-route-now'
import { useStartAddress } from '@/components/start/use-start-address'
import { LinkButton } from '@/components/ui/button'

/** Starting a release: the route, the new version, its first traffic, the review, and then the work as it goes on. */
export function StartPage() {
  useLive(['routes', 'operation', 'half-started'])
  const { say } = useLanguage()
  const { address, change } = useStartAddress()
  const { cluster, route, operation } = address
  const [isChoosing, setChoosing] = useState(false)
  /** Work that was begun in this tab keeps its review beside it; a pasted link shows the work alone. */
  const [isBegunHere, setBegunHere] = useState(false)
  const choose = (chosenCluster: string, chosen: RouteAddress) => {
    setChoosing(false)
    change({ cluster: chosenCluster, route: chosen, operation: null })
  }
  const follow = (next: string | null) => {
    setBegunHere(true)
    change({ operation: next })
  }
  const isOpen = route === null || isChoosing
  const isFollowing = operation !== null && !isBegunHere
  return (
    <main className="page-width pb-12">
      <Headline address={address} />
      {isFollowing && <Following address={address} onNext={next => change({ operation: next })} />}
      {!isFollowing && isOpen && (
        <OpenStep step="route" fact={say.start.route.fact} takesFocus={isChoosing}>
          <RouteList onChoose={choose} />
          {route && <Keep onKeep={() => setChoosing(false)} />}
        </OpenStep>
      )}
      {!isFollowing && route === null && (
        <>
          <WaitingStep step="version" />
          <WaitingStep step="traffic" />
          <WaitingStep step="review" />
        </>
      )}
      {!isFollowing && route && (
        <>
          {!isChoosing && (
            <FoldedStep step="route" onChange={operation ? undefined : () => setChoosing(true)}>
              <Chosen address={address} route={route} />
            </FoldedStep>
          )}
          <div hidden={isChoosing}>
            <ChosenRoute
              key={JSON.stringify([cluster, route])}
              {...{ cluster, route, operation }}
              onOperation={follow}
            />
          </div>
        </>
      )}
    </main>
  )
}

function Keep({ onKeep }: { onKeep: () => void }) {
  const { say } = useLanguage()
  return (
    <LinkButton className="mt-3" onClick={onKeep}>
      {say.start.route.keep}
    </LinkButton>
  )
}

function Chosen({ address, route }: { address: StartAddress; route: RouteAddress }) {
  const now = useRouteNow(address.cluster, route)
  return (
    <RouteWords
      route={route}
      cluster={address.cluster}
      service={now ? `${now.service}:${now.port}` : undefined}
    />
  )
}

/** Work somebody follows by its link. */
function Following({ address, onNext }: { address: StartAddress; onNext: (next: string | null) => void }) {
  const { cluster, route, operation } = address
  return (
    <>
      {route && (
        <FoldedStep step="route">
          <Chosen address={address} route={route} />
        </FoldedStep>
      )}
      <div className="border-t border-line py-6">
        <div className="max-w-160">
          <StartProgress
            cluster={cluster}
            operation={operation ?? ''}
            onNext={onNext}
            onStartOver={route ? () => onNext(null) : undefined}
            takesFocus={false}
          />
        </div>
      </div>
    </>
  )
}

function Headline({ address: { cluster, route } }: { address: StartAddress }) {
  const { say } = useLanguage()
  const name = route && `${route.host}${route.path || '/'}`
  return (
    <>
      <title>{`${name ? say.start.title(name, cluster) : say.start.act} · Halftone`}</title>
      <h1 className="pt-6 pb-4 text-2xl font-normal tracking-[-.012em] [:lang(zh-CN)>&]:tracking-normal">
        {name ? <RichText of={say.start.heading(name)} /> : say.start.act}
      </h1>
    </>
  )
}
