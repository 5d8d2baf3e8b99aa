import { useCallback, useEffect, useState } from 'react'
import { isShown } from '@/components/release/is-shown'
import {
  draftOf,
  isChange,
  isOvertaken,
  rebased,
  type WeightDraft,
} from '@/components/release/traffic/weight-draft'
import { send, urlOf } from '@/lib/client'
import type { Release } from '@/lib/domain/model/release'
import type { Told } from '@/lib/language/problem'

type State = {
  draft?: WeightDraft | undefined
  problem?: Told | undefined
  writing?: WeightDraft | undefined
  /** What the cluster answered to the write; its own watch must show that before the controls move again. */
  written?: string | undefined
}

/**
 * The weight as the hand wants it. While it is written the controls hold still; a refusal keeps the draft and says why;
 * a written draft is dropped only when the cluster's own watch shows it.
 */
export function useWeightDraft(release: Release) {
  const [{ draft, problem, writing, written }, setState] = useState<State>({})
  const change = (part: Partial<WeightDraft>) => {
    if (writing) return
    setState({ draft: draft ? { ...draft, ...part } : draftOf(release, part) })
  }
  const drop = useCallback(() => setState(state => (state.writing ? state : {})), [])

  const write = async (wanted: WeightDraft) => {
    setState({ draft: wanted, writing: wanted })
    const { weight, weightTotal, base } = wanted
    const answer = await send<Release>('PUT', urlOf(release.id, 'weight'), {
      weight,
      weightTotal,
      resourceVersion: base.resourceVersion,
    })
    setState(
      answer.ok
        ? { draft: wanted, writing: wanted, written: answer.value.resourceVersion }
        : { draft: wanted, problem: answer.problem },
    )
  }
  const changed = isChange(draft, release)
  const apply = () => {
    if (!changed || writing) return
    const asksAgain = problem?.code === 'stale-edit' || isOvertaken(draft, release)
    void write(asksAgain ? rebased(draft, release) : draft)
  }

  const shown = written !== undefined && isShown(written, release)
  useEffect(() => {
    if (shown) setState({})
  }, [shown])

  // A draft that says what the cluster says by now is none.
  const settled = draft !== undefined && !changed && !writing
  useEffect(() => {
    if (settled) setState(({ problem: told }) => ({ problem: told }))
  }, [settled])

  return {
    draft: changed ? draft : undefined,
    overtaken: changed && !writing && isOvertaken(draft, release),
    writing,
    problem,
    change,
    drop,
    apply,
  }
}
