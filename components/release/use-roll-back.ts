import { useState } from 'react'
import { clockMs } from '@/components/ui/clock'
import { send, urlOf } from '@/lib/client'
import type { Release } from '@/lib/domain/model/release'
import type { Told } from '@/lib/language/problem'

/** A rollback as the hand sees it: asked for, being written, or written at a moment. Units: epoch milliseconds. */
export type RollBackState =
  | { step: 'idle' }
  | { step: 'asking'; problem?: Told }
  | { step: 'writing' }
  | { step: 'written'; atMs: number }

/** One click asks, the second writes. Nothing else waits, and no version is asked for: rolling back is always possible. */
export function useRollBack(release: Release) {
  const [state, setState] = useState<RollBackState>({ step: 'idle' })
  const confirm = async () => {
    const atMs = clockMs()
    setState({ step: 'writing' })
    const answer = await send(
      'POST',
      urlOf(release.id, 'rollback'),
      release.owner ? { evenThoughOwned: true } : {},
    )
    setState(answer.ok ? { step: 'written', atMs } : { step: 'asking', problem: answer.problem })
  }
  return {
    state,
    ask: () => setState({ step: 'asking' }),
    drop: () => setState({ step: 'idle' }),
    confirm: () => void confirm(),
  }
}
