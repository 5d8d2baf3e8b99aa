import { useCallback, useEffect, useState } from 'react'
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
}

/**
 * The weight as the hand wants it. While it is written the controls hold still; a refusal keeps the draft and says why;
 * a written draft is dropped only when the cluster's own watch shows it.
 */
export function useWeightDraft(release: Release) {
  const [{ draft, problem, writing }, setState] = useState<State>({})
  const change = (part: Partial<WeightDraft>) => {
    if (writing) return
    setState({ draft: draft ? { ...draft, ...part } : draftOf(release, part) })
  }
  const drop = useCallback(() => setState(state => (state.writing ? state : {})), [])

  const write = async (wanted: WeightDraft) => {
    setState({ draft: wanted, writing: wanted })
    const { weight, weightTotal, base } = wanted
    const answer = await send('PUT', `${urlOf(release.id)}/weight`, {
      weight,
      weightTotal,
      resourceVersion: base.resourceVersion,
    })
    setState(answer.ok ? {} : { draft: wanted, problem: answer.problem })
  }
  const changed = isChange(draft, release)
  const apply = () => {
    if (!changed || writing) return
    void write(isOvertaken(draft, release) ? rebased(draft, release) : draft)
  }

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
