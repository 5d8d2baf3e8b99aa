import type { StartSources } from '@/lib/domain/model/start'
import { type Failure, fail } from '@/lib/domain/problem'
import { nameOf, podLabelsOf, scales, specOf } from '@/lib/domain/start/parts'
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

/**
 * every-version: the stable Service is for all versions; shared: it selects both; taken: it waits for the new labels or name;
 * greedy: a workload that selects pods of others; picks-others: the new version would select what is not its own.
 */
export type OverlapKind = 'every-version' | 'shared' | 'taken' | 'greedy' | 'picks-others'

type Selecting = { kind: string; name: string; selector: LabelSelector }
type Cluster = Pick<StartSources, 'deployments' | 'services' | 'statefulSets' | 'budgets' | 'autoscalers'>

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

/** Their selectors can never be changed. */
const WORKLOADS: readonly string[] = ['Deployment', 'StatefulSet']
const CHOOSE = 'Choose another suffix: these labels are in use already'

/** Another suffix mends these; the others are somebody else's selector, whatever is chosen. */
const bySuffix: readonly OverlapKind[] = ['taken', 'picks-others']

function overlap(
  { kind, name }: Pick<Selecting, 'kind' | 'name'>,
  more: { why: OverlapKind; selector: string; title: string; mend: string; label?: string },
): Failure {
  const { title, ...params } = more
  const told = { params: { kind, name, ...params } }
  return fail('selector-overlap', title, bySuffix.includes(more.why) ? { ...told, field: 'suffix' } : told)
}

/** Something else that would pick up the clone's pods: also those of the stable version, or for the new labels alone. */
function selectsClone({ kind, name, selector }: Selecting, clone: Clone): Failure {
  const text = selectorText(selector)
  const isForAll = selector?.length === 0
  const title = isForAll
    ? `${kind} ${name} would select the new pods: it selects ${text}`
    : `${kind} ${name} would select the new pods by ${text}`
  const keys = selector?.map(({ key }) => key) ?? []
  const [key, value] = Object.entries(clone.before).find(([each]) => !keys.includes(each)) ?? []
  const isShared = key !== undefined && selects(selector, { ...clone.pod, ...clone.before })
  if (!isShared) return overlap({ kind, name }, { why: 'taken', selector: text, title, mend: CHOOSE })
  if (WORKLOADS.includes(kind)) {
    const mend = `Create ${kind} ${name} anew with a selector for its own pods: it selects the stable version's, too`
    return overlap({ kind, name }, { why: 'greedy', selector: text, title, mend })
  }
  const label = `${key}: ${value}`
  const mend = `Add ${label} to the selector of ${kind} ${name}, so that it keeps to the stable version's pods`
  return overlap({ kind, name }, { why: 'shared', selector: text, title, mend, label })
}

/** An autoscaler that waits for a Deployment of the clone's name. */
function scaled({ autoscalers }: Cluster, clone: Clone): Failure | null {
  const found = autoscalers.find(raw => scales(raw, clone.name))
  if (!found) return null
  const each = { kind: 'HorizontalPodAutoscaler', name: nameOf(found) }
  const title = `${each.kind} ${each.name} would scale ${clone.name}`
  const mend = `Choose another suffix, or delete ${each.kind} ${each.name}`
  return overlap(each, { why: 'taken', selector: clone.name, title, mend })
}

/** Pods of somebody else that the clone's own selectors would pick up. */
function selectsOthers(cluster: Cluster, clone: Clone): Failure | null {
  const own = [serviceSelector(clone.deployment), serviceSelector(clone.service)]
  for (const { kind, raw } of workloadsOf(cluster)) {
    if (clone.own(kind, nameOf(raw))) continue
    const selector = own.find(each => selects(each, podLabelsOf(raw)))
    if (selector === undefined) continue
    const name = nameOf(raw)
    const text = selectorText(selector)
    const title = `The new version would select the pods of ${kind} ${name} by ${text}`
    return overlap({ kind, name }, { why: 'picks-others', selector: text, title, mend: CHOOSE })
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
