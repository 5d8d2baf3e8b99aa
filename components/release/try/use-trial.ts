import { useRef, useState } from 'react'
import {
  type Draft,
  EMPTY,
  isComplete,
  type MarkKind,
  type Preset,
  type Row,
  triedRoute,
  typedRequestOf,
} from '@/components/release/try/typed'
import { useDecision } from '@/components/release/try/use-decision'
import { useSent } from '@/components/release/try/use-sent'
import type { Release } from '@/lib/domain/model/release'
import { type LadderRung, ladderRungOf } from '@/lib/domain/trial'

/** Everything of a release that can change what a request gets. */
const basisOf = ({ resourceVersion, routes, affinity, stable, canary }: Release): string =>
  JSON.stringify([resourceVersion, routes, affinity, stable.endpoints.ready > 0, canary.endpoints.ready > 0])

/** A request that is tried on a release: as the hand types it, as it would be decided, and as it was answered. */
export function useTrial(release: Release) {
  const [draft, setDraft] = useState<Draft>(EMPTY)
  const nextId = useRef(1)
  const route = triedRoute(release)
  const typed = typedRequestOf(draft, route)
  const complete = isComplete(draft, route)
  const basis = basisOf(release)
  const decided = useDecision(release.id, complete ? typed : null, basis)
  const sent = useSent(release.id, typed, basis)
  const view = decided.reply?.ok ? decided.reply.value : undefined
  const deciding: LadderRung | null = view && decided.isCurrent ? ladderRungOf(view, release) : null

  const change = (part: Partial<Draft>) => setDraft(before => ({ ...before, ...part }))
  const changeRow = (id: number, part: Partial<Pick<Row, 'name' | 'value'>>) =>
    change({ rows: draft.rows.map(row => (row.id === id ? { ...row, ...part } : row)) })
  const numbered = (row: Omit<Row, 'id'>): Row => ({ ...row, id: nextId.current++ })
  return {
    draft,
    route,
    typed,
    complete,
    view,
    problem: decided.reply && !decided.reply.ok ? decided.reply.problem : undefined,
    isCurrent: decided.isCurrent,
    deciding,
    ...sent,
    change,
    changeRow,
    addRow: (kind: MarkKind) => change({ rows: [...draft.rows, numbered({ kind, name: '', value: '' })] }),
    removeRow: (id: number) => change({ rows: draft.rows.filter(row => row.id !== id) }),
    carry: ({ rows }: Preset) => change({ rows: (rows ?? []).map(numbered) }),
    clear: () => setDraft(EMPTY),
  }
}

export type Trial = ReturnType<typeof useTrial>
