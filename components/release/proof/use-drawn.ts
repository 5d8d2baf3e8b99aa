import { useEffect, useRef, useState } from 'react'
import { clockMs } from '@/components/ui/clock'
import type { Claims } from '@/lib/domain/model/claims'
import type { Samples } from '@/lib/domain/model/samples'

const DRAW_MS = 1000

/** What is drawn of the samples: at most one new picture a second, and none while paused. Units: epoch milliseconds. */
export type Drawn = { samples: Samples; claims: Claims; atMs: number }

/** Slows the samples down to what an eye can follow, so that drawing them never delays a change of the release. */
export function useDrawn(samples: Samples | null, claims: Claims, paused: boolean): Drawn | null {
  const [drawn, setDrawn] = useState<Drawn | null>(null)
  const newest = useRef({ samples, claims })
  useEffect(() => {
    newest.current = { samples, claims }
    // The first picture, and the end of all samples, are not waited for.
    if (!paused)
      setDrawn(before => (samples && before ? before : samples && { samples, claims, atMs: clockMs() }))
  }, [samples, claims, paused])
  useEffect(() => {
    if (paused) return
    const timer = setInterval(() => {
      const { samples: current, claims: said } = newest.current
      if (current)
        setDrawn(before =>
          before?.samples === current ? before : { samples: current, claims: said, atMs: clockMs() },
        )
    }, DRAW_MS)
    return () => clearInterval(timer)
  }, [paused])
  return drawn
}
