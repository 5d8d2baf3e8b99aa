import { useState } from 'react'
import type { RouteAddress } from '@/components/start/start-address'
import {
  draftOf,
  fieldOf,
  type ReleaseDraft,
  requestOf,
  STEPS,
  type StartStep,
  stepOf,
} from '@/components/start/start-draft'
import { isReviewOf, useReview } from '@/components/start/use-review'
import { clusterUrl } from '@/lib/client'
import type { StartOffer } from '@/lib/domain/model/start'
import type { Told } from '@/lib/language/problem'

type Given = {
  cluster: string
  route: RouteAddress
  offer: StartOffer
  onAccepted: (operation: string) => void
}

const later = (a: StartStep, b: StartStep) => (STEPS.indexOf(a) > STEPS.indexOf(b) ? a : b)

/**
 * A start as the hand makes it: which step is open, what is drafted, what the cluster would say, and what it refused.
 * Going on from a step asks the cluster first; a refusal opens the step whose field it is about.
 */
export function useStart({ cluster, route, offer, onAccepted }: Given) {
  const [draft, setDraft] = useState<ReleaseDraft>(() => draftOf(offer))
  const [open, setOpen] = useState<StartStep>('version')
  const [reached, setReached] = useState<StartStep>('version')
  const [isMoved, setMoved] = useState(false)
  const [problem, setProblem] = useState<Told>()
  const asking = useReview(clusterUrl(cluster, 'releases'))
  const request = requestOf(route, draft)
  const isFresh = isReviewOf(asking.reviewed, request)

  const change = (part: Partial<ReleaseDraft>) => {
    setProblem(undefined)
    setDraft(before => ({ ...before, ...part }))
  }
  const goTo = (step: StartStep) => {
    setMoved(true)
    setOpen(step)
    setReached(before => later(before, step))
  }
  const refuse = (told: Told) => {
    setProblem(told)
    const step = stepOf(told.field)
    if (step && step !== 'route' && step !== open) goTo(step)
  }
  const review = async (): Promise<boolean> => {
    setProblem(undefined)
    const reply = await asking.review(request)
    if (reply && !reply.ok) refuse(reply.problem)
    return reply?.ok === true
  }
  const proceed = async () => {
    if (asking.busy) return
    if (!isFresh && !(await review())) return
    goTo(open === 'version' && reached === 'version' ? 'traffic' : 'review')
  }
  const create = async () => {
    if (asking.busy || !isFresh) return
    setProblem(undefined)
    const reply = await asking.create(request)
    if (reply?.ok) onAccepted(reply.value.operation)
    else if (reply) refuse(reply.problem)
  }
  /** What is wrong with one field, as the last answer said it. */
  const problemOf = (field: string): Told | undefined => {
    const told = fieldOf(problem?.field)
    return told === field || told.startsWith(`${field}.`) ? problem : undefined
  }
  return {
    ...{ draft, open, reached, isMoved, isFresh, change, goTo, problemOf },
    ...{ reviewed: asking.reviewed, busy: asking.busy },
    /** What is wrong with no field in particular. */
    problem: problem && stepOf(problem.field) === undefined ? problem : undefined,
    proceed: () => void proceed(),
    review: () => void review(),
    create: () => void create(),
  }
}

export type StartHand = ReturnType<typeof useStart>
