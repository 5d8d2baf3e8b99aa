import { useCallback, useEffect, useState } from 'react'
import { isShown } from '@/components/release/is-shown'
import {
  isRulesChange,
  type RulesDraft,
  rulesDraftOf,
  rulesOf,
  rulesOvertaken,
  rulesRebased,
} from '@/components/release/rules/rules-draft'
import { send, urlOf } from '@/lib/client'
import type { Release } from '@/lib/domain/model/release'
import type { Told } from '@/lib/language/problem'

type State = { draft?: RulesDraft; problem?: Told; writing?: boolean; written?: string }

const FIELDS = ['header.name', 'header.value', 'header.pattern', 'header.example', 'cookie']
const isAtField = ({ field = '' }: Told) => FIELDS.includes(field)

/** The rules as the hand wants them: drafted in place, written as a whole, kept with the reason when refused. */
export function useRulesDraft(release: Release) {
  const [{ draft, problem, writing = false, written }, setState] = useState<State>({})
  const shown = draft ?? rulesDraftOf(release)
  const changed = draft !== undefined && isRulesChange(draft, release)

  const change = (part: Partial<RulesDraft>) => {
    if (!writing) setState({ draft: { ...shown, ...part } })
  }
  const drop = useCallback(() => setState(state => (state.writing ? state : {})), [])
  const write = async (wanted: RulesDraft) => {
    setState({ draft: wanted, writing: true })
    const answer = await send<Release>('PUT', urlOf(release.id, 'rules'), {
      ...rulesOf(wanted),
      resourceVersion: wanted.base.resourceVersion,
    })
    setState(
      answer.ok
        ? { draft: wanted, writing: true, written: answer.value.resourceVersion }
        : { draft: wanted, problem: answer.problem },
    )
  }
  const apply = () => {
    if (!changed || writing) return
    const asksAgain = problem?.code === 'stale-edit' || rulesOvertaken(draft, release)
    void write(asksAgain ? rulesRebased(draft, release) : draft)
  }
  const isWritten = written !== undefined && isShown(written, release)
  useEffect(() => {
    if (isWritten) setState({})
  }, [isWritten])

  /** What is wrong with one field, as the last answer said it. */
  const problemOf = (field: string): Told | undefined => (problem?.field === field ? problem : undefined)
  return {
    shown,
    changed,
    overtaken: changed && !writing && rulesOvertaken(draft, release),
    writing,
    problem: problem && !isAtField(problem) ? problem : undefined,
    problemOf,
    change,
    drop,
    apply,
  }
}

export type RulesHand = ReturnType<typeof useRulesDraft>

/** What a rung needs: the rules as they stand in the fields, what is wrong with one, and a way to change them. */
export type RungHand = {
  shown: Pick<RulesDraft, 'header' | 'cookie'>
  change: (part: Partial<Pick<RulesDraft, 'header' | 'cookie'>>) => void
  problemOf: (field: string) => Told | undefined
}
