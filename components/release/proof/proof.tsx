'use client'
import { memo, useState } from 'react'
import { nameOf } from '@/components/release/name-of'
import { Answers } from '@/components/release/proof/answers'
import { ChangeLine } from '@/components/release/proof/change-line'
import { Controls } from '@/components/release/proof/controls'
import { LaneTable } from '@/components/release/proof/lane-table'
import { Share } from '@/components/release/proof/share'
import { useDrawn } from '@/components/release/proof/use-drawn'
import { useWindow } from '@/components/release/proof/use-window'
import { useLanguage } from '@/components/shell/language-context'
import { Section } from '@/components/ui/section'
import { VisuallyHidden } from '@/components/ui/visually-hidden'
import type { Claims } from '@/lib/domain/model/claims'
import type { Release } from '@/lib/domain/model/release'
import type { Samples } from '@/lib/domain/model/samples'

type Props = { release: Release; samples: Samples | null; claims: Claims; off: string | undefined }

/** What answers prove: the share over time, the last answers, and a verdict for each lane. */
export const Proof = memo(function Proof({ release, samples, claims, off }: Props) {
  const { say, format } = useLanguage()
  const [paused, setPaused] = useState(false)
  const [table, setTable] = useState(false)
  const { minutes } = useWindow()
  const [stable, canary] = [nameOf(release.stable), nameOf(release.canary)]
  const drawn = useDrawn(samples, claims, paused)
  const told = paused ? drawn : samples && { samples, claims }
  const fact = samples?.target ? (
    <>
      {say.proof.fact(format.number(samples.perSecond))}{' '}
      <code className="break-words">{samples.target.replace(/^http:\/\//, '')}</code>
    </>
  ) : samples ? (
    say.proof.factNone
  ) : (
    say.proof.factWaiting
  )
  return (
    <Section title={say.proof.heading} fact={fact}>
      <div className="grid gap-x-8 gap-y-6">
        <ChangeLine claims={claims} samples={samples} />
        <Announce claims={claims} />
        {paused && drawn && (
          <p role="status" className="text-sm text-warn">
            {say.proof.pausedAt(format.clock(new Date(drawn.atMs).toISOString()))}
          </p>
        )}
        {!drawn && (
          <p className="text-ink-soft">{samples?.state === 'off' ? say.proof.off : say.proof.waiting}</p>
        )}
        {drawn?.samples.state === 'off' && <p className="text-ink-soft">{say.proof.off}</p>}
        {drawn && (
          <>
            <div className="grid gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,1fr)_340px]">
              <Share
                name={canary}
                samples={drawn.samples}
                untilMs={drawn.atMs}
                windowMs={minutes * 60_000}
                table={table}
              />
              <Answers stable={stable} canary={canary} samples={drawn.samples} />
            </div>
            {told && <LaneTable release={release} lanes={told.samples.lanes} claims={told.claims} />}
            <Controls
              release={release}
              perSecond={drawn.samples.perSecond}
              off={off}
              paused={paused}
              table={table}
              onPause={() => setPaused(!paused)}
              onTable={() => setTable(!table)}
            />
          </>
        )}
      </div>
    </Section>
  )
})

/** Tells a screen reader, politely, when a lane's verdict changes. */
function Announce({ claims }: { claims: Claims }) {
  const { say, format } = useLanguage()
  const words = claims.lanes.map(({ lane, verdict }) =>
    say.proof.announce(say.proof.lane[lane], say.shared.verdict[verdict]),
  )
  return (
    <VisuallyHidden>
      <span aria-live="polite">{format.comma(words)}</span>
    </VisuallyHidden>
  )
}
