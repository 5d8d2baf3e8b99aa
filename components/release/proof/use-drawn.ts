import { useEffect, useRef, useState } from 'react'
import { clockMs } from '@/components/ui/clock'
import type { Samples } from '@/lib/domain/model/samples'

const DRAW_MS = 1000

/** What is drawn of the samples: at most one new picture a second, and none while paused. Units: epoch milliseconds. */
export type Drawn = { samples: Samples; atMs: number }

/** Slows the samples down to what an eye can follow, so that drawing them never delays a change of the release. */
export function useDrawn(samples: Samples | null, paused: boolean): Drawn | null {
  const [drawn, setDrawn] = useState<Drawn | null>(null)
  const newest = useRef(samples)
  useEffect(() => {
    newest.current = samples
    // The first picture, and the end of all samples, are not waited for.
    if (!paused) setDrawn(before => (samples && before ? before : samples && { samples, atMs: clockMs() }))
  }, [samples, paused])
  useEffect(() => {
    if (paused) return
    const timer = setInterval(() => {
      const { current } = newest
      if (current)
        setDrawn(before => (before?.samples === current ? before : { samples: current, atMs: clockMs() }))
    }, DRAW_MS)
    return () => clearInterval(timer)
  }, [paused])
  return drawn
}
