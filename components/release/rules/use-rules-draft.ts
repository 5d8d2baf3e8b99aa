import { useCallback, useState } from 'react'
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

type State = { draft?: RulesDraft; problem?: Told; writing?: boolean }

/** The rules as the hand wants them: drafted in place, written as a whole, kept with the reason when refused. */
export function useRulesDraft(release: Release) {
  const [{ draft, problem, writing = false }, setState] = useState<State>({})
  const shown = draft ?? rulesDraftOf(release)
  const changed = draft !== undefined && isRulesChange(draft, release)

  const change = (part: Partial<RulesDraft>) => {
    if (!writing) setState({ draft: { ...shown, ...part } })
  }
  const drop = useCallback(() => setState(state => (state.writing ? state : {})), [])
  const write = async (wanted: RulesDraft) => {
    setState({ draft: wanted, writing: true })
    const { base } = wanted
    const answer = await send('PUT', urlOf(release.id, 'rules'), {
      ...rulesOf(wanted),
      resourceVersion: base.resourceVersion,
    })
    setState(answer.ok ? {} : { draft: wanted, problem: answer.problem })
  }
  const apply = () => {
    if (!changed || writing) return
    void write(rulesOvertaken(draft, release) ? rulesRebased(draft, release) : draft)
  }
  /** What is wrong with one field, as the last answer said it. */
  const problemOf = (field: string): Told | undefined => (problem?.field === field ? problem : undefined)
  return {
    shown,
    changed,
    overtaken: changed && !writing && rulesOvertaken(draft, release),
    writing,
    problem: problem && !problem.field?.match(/^(header|cookie)/) ? problem : undefined,
    problemOf,
    change,
    drop,
    apply,
  }
}

export type RulesHand = ReturnType<typeof useRulesDraft>
