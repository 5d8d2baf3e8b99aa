import type { StartSources } from '@/lib/domain/model/start'
import { type Failure, fail } from '@/lib/domain/problem'
import { fieldsOf, textOf, textsOf } from '@/lib/domain/raw'
import type { Relabelling } from '@/lib/domain/start/relabel'
import {
  type LabelSelector,
  parseLabelSelector,
  selectorText,
  selects,
  serviceSelector,
} from '@/lib/domain/start/selector'
import { parseService } from '@/lib/domain/workload'

/** The clone as selectors see it. `own`: objects that this very start has made, by kind and name. */
export type Clone = Pick<Relabelling, 'before' | 'after' | 'pod' | 'deployment' | 'service'> & {
  name: string
  own: (kind: string, name: string) => boolean
}

type Selecting = { kind: string; name: string; selector: LabelSelector }
type Cluster = Pick<StartSources, 'deployments' | 'services' | 'statefulSets' | 'budgets' | 'autoscalers'>

const nameOf = (raw: unknown): string => textOf(fieldsOf(fieldsOf(raw).metadata).name)
const specOf = (raw: unknown) => fieldsOf(fieldsOf(raw).spec)
const podLabelsOf = (raw: unknown) => textsOf(fieldsOf(fieldsOf(specOf(raw).template).metadata).labels)

const selecting =
  (kind: string) =>
  (raw: unknown): Selecting => ({
    kind,
    name: nameOf(raw),
    selector: parseLabelSelector(specOf(raw).selector),
  })

const selectingService = (raw: unknown): Selecting => {
  const { name, selector } = parseService(raw)
  return { kind: 'Service', name, selector: serviceSelector(selector) }
}

const workloadsOf = ({ deployments, statefulSets }: Cluster): { kind: string; raw: unknown }[] => [
  ...deployments.map(raw => ({ kind: 'Deployment', raw })),
  ...statefulSets.map(raw => ({ kind: 'StatefulSet', raw })),
]

/** Everything of the namespace that selects pods. Source: policy/v1: a budget without a selector covers no pod, `{}` every. */
function selectorsOf(cluster: Cluster): Selecting[] {
  return [
    ...cluster.services.map(selectingService),
    ...cluster.budgets.map(selecting('PodDisruptionBudget')),
    ...workloadsOf(cluster).map(({ kind, raw }) => selecting(kind)(raw)),
  ]
}

function overlap({ kind, name, selector }: Selecting, why: string, said: { title: string; mend: string }) {
  const params = { kind, name, selector: selectorText(selector), why, mend: said.mend }
  return fail('selector-overlap', said.title, { params, field: 'suffix' })
}

/** Something else that would pick up the clone's pods. */
function selectsClone(each: Selecting, clone: Clone): Failure {
  const title = `${each.kind} ${each.name} would select the new pods by ${selectorText(each.selector)}`
  const [key = '', value = ''] = Object.entries(clone.before)[0] ?? []
  if (!selects(each.selector, { ...clone.pod, ...clone.before })) {
    return overlap(each, 'taken', { title, mend: 'Choose another suffix: these labels are in use already' })
  }
  const failure = overlap(each, 'shared', {
    title,
    mend: `Add ${key}: ${value} to the selector of ${each.kind} ${each.name}, so that it keeps to the stable version's pods`,
  })
  return {
    ...failure,
    problem: { ...failure.problem, params: { ...failure.problem.params, label: `${key}: ${value}` } },
  }
}

/** An autoscaler that waits for a Deployment of the clone's name. */
function scaled({ autoscalers }: Cluster, clone: Clone): Failure | null {
  const found = autoscalers.find(raw => {
    const { kind, name } = fieldsOf(specOf(raw).scaleTargetRef)
    return kind === 'Deployment' && name === clone.name
  })
  if (!found) return null
  const each = { kind: 'HorizontalPodAutoscaler', name: nameOf(found), selector: null }
  const title = `${each.kind} ${each.name} would scale ${clone.name}`
  const said = { title, mend: `Choose another suffix, or delete ${each.kind} ${each.name}` }
  const failure = overlap(each, 'taken', said)
  return {
    ...failure,
    problem: { ...failure.problem, params: { ...failure.problem.params, selector: clone.name } },
  }
}

/** Pods of somebody else that the clone's own selectors would pick up. */
function selectsOthers(cluster: Cluster, clone: Clone): Failure | null {
  const own = [serviceSelector(clone.deployment), serviceSelector(clone.service)]
  for (const { kind, raw } of workloadsOf(cluster)) {
    if (clone.own(kind, nameOf(raw))) continue
    const selector = own.find(each => selects(each, podLabelsOf(raw)))
    if (selector === undefined) continue
    const title = `The new version would select the pods of ${kind} ${nameOf(raw)} by ${selectorText(selector)}`
    const said = { title, mend: 'Choose another suffix: these labels are in use already' }
    return overlap({ kind, name: nameOf(raw), selector }, 'picks-others', said)
  }
  return null
}

/**
 * Refuses a clone whose pods anything else would select, or that would select the pods of anything else; null where it is safe.
 *
 * Errors: `selector-overlap` with what selects, and `mend`: what to change.
 * Limits: evaluated on Services, budgets, autoscalers and the templates of Deployments and StatefulSets of the namespace.
 */
export function overlapOf(clone: Clone, cluster: Cluster): Failure | null {
  const others = selectorsOf(cluster).filter(({ kind, name }) => !clone.own(kind, name))
  const found = others.find(({ selector }) => selects(selector, clone.pod))
  if (found) return selectsClone(found, clone)
  return scaled(cluster, clone) ?? selectsOthers(cluster, clone)
}
